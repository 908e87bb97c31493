package io.tautwire.journal.file;

import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/** A part of a file in memory. For what survives what see {@link Disk}. */
public interface DiskMapping {
    /**
     * The memory; wraps a direct {@link java.nio.ByteBuffer} at index 0. Changes survive the death of the process at
     * once.
     */
    UnsafeBuffer buffer();

    /** Reads all of it from the disk now, so that nobody waits for it later. Any thread. */
    void load();

    /**
     * Makes changes durable that were made before the call. Any thread.
     *
     * @param offset of the first byte in {@link #buffer()}.
     * @param length bytes from there on.
     */
    void force(int offset, int length) throws IOException;

    /**
     * Gives the memory back. Nobody may touch it any more: that would end the process. Forces nothing. Idempotent; a
     * mapping that is not unmapped goes once nobody refers to it.
     */
    void unmap();
}
