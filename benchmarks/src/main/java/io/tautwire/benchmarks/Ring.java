package io.tautwire.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Baseline: bytes copied behind each other, and a tail made visible after each copy. Knows no reader, so it is never
 * full. Takes up as much memory as what it stands for, so that both find it equally warm in the caches.
 */
final class Ring {
    /** A publish store that is freed at once cycles through two of its segments. */
    static final int STORE = 8 << 20;

    /** The broker's journal drops its oldest only when all of it is taken. */
    static final int JOURNAL = MemoryServer.JOURNAL_BYTES;

    /** The two buffers of a session's output, or what a socket holds of a batch. */
    static final int OUTPUT = 16 << 10;

    private static final VarHandle TAIL;

    static {
        try {
            TAIL = MethodHandles.lookup().findVarHandle(Ring.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final UnsafeBuffer memory;
    private int next;
    private long tail;

    Ring(int capacity) {
        memory = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
    }

    long append(DirectBuffer source, int offset, int length) {
        if (next + length > memory.capacity()) {
            next = 0;
        }
        memory.putBytes(next, source, offset, length);
        next += length;
        final long after = tail + length;
        TAIL.setRelease(this, after);
        return after;
    }
}
