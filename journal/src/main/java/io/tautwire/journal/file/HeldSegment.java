package io.tautwire.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A segment in memory, and what of its file is open. Given up by one thread while another may be forcing it: then the
 * last one to use it closes and unmaps.
 */
final class HeldSegment {
    private final long position;
    private final UnsafeBuffer memory;
    private final DiskMapping mapping;
    private final DiskFile file;

    /** For the writing thread: so that a write allocates nothing. */
    private final ByteBuffer view;

    private int users = 1;

    private HeldSegment(long position, UnsafeBuffer memory, DiskMapping mapping, DiskFile file) {
        this.position = position;
        this.memory = memory;
        this.mapping = mapping;
        this.file = file;
        this.view = memory.byteBuffer().duplicate();
    }

    static HeldSegment mapped(long position, DiskMapping mapping) {
        return new HeldSegment(position, mapping.buffer(), mapping, null);
    }

    static HeldSegment direct(long position, UnsafeBuffer memory, DiskFile file) {
        return new HeldSegment(position, memory, null, file);
    }

    long position() {
        return position;
    }

    UnsafeBuffer memory() {
        return memory;
    }

    boolean isMapped() {
        return mapping != null;
    }

    /** Writes bytes of direct memory to the file. The writing thread. */
    void write(int offset, int length) throws IOException {
        view.limit(offset + length).position(offset);
        JournalDirectory.writeFully(file, SegmentDescriptor.HEADER_LENGTH + (long) offset, view);
    }

    /** Makes bytes durable, unless the segment has been given up. */
    void force(int offset, int length) throws IOException {
        if (!use()) {
            return;
        }
        try {
            if (mapping == null) {
                file.force();
            } else {
                mapping.force(offset, length);
            }
        } finally {
            giveUp();
        }
    }

    /** Unmaps and closes, as soon as nobody forces it. Direct memory stays the caller's. */
    void giveUp() throws IOException {
        synchronized (this) {
            users--;
            if (users != 0) {
                return;
            }
        }
        if (mapping != null) {
            mapping.unmap();
        }
        if (file != null) {
            file.close();
        }
    }

    /** Closes, and leaves mapped memory to whoever still reads it: it goes with the last reference. */
    void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    private synchronized boolean use() {
        if (users == 0) {
            return false;
        }
        users++;
        return true;
    }
}
