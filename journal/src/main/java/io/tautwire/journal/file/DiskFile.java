package io.tautwire.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that is open. For what survives what see {@link Disk}. Threads: any may call, also at the same time. */
public interface DiskFile extends AutoCloseable {
    /**
     * Reads bytes into a buffer, from its position on, as many as it takes and the file has.
     *
     * @param position in the file.
     * @return bytes read, perhaps fewer than remained in the buffer; -1 at the file's end or beyond it.
     */
    int read(long position, ByteBuffer to) throws IOException;

    /**
     * Writes what remains in a buffer, extending the file if need be. When it returns readers of the file and of its
     * mappings see the bytes.
     *
     * @param position in the file.
     * @return bytes written; fewer than remained where there was no room for more.
     */
    int write(long position, ByteBuffer from) throws IOException;

    /** Makes all bytes written so far by {@link #write} durable, and the file's length with them. */
    void force() throws IOException;

    /**
     * Maps bytes that the file has into memory. The mapping outlives the file's closing.
     *
     * @param position   of the first byte, a multiple of 4096.
     * @param isWritable whether the memory may be changed; if not, doing it nevertheless ends the process.
     * @throws IOException if that fails, too little address space included.
     */
    DiskMapping map(long position, int length, boolean isWritable) throws IOException;

    /** Length in bytes. */
    long size() throws IOException;

    /** Closes the file. Forces nothing. Idempotent. */
    @Override
    void close() throws IOException;
}
