package io.tautwire.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Baseline: bytes copied behind each other into as much memory as a journal with the same segments cycles through, and
 * a tail made visible after each copy. Knows no reader, so it is never full.
 */
final class Ring {
    /** Two segments of a usual journal. */
    static final int CAPACITY = 8 << 20;

    private static final VarHandle TAIL;

    static {
        try {
            TAIL = MethodHandles.lookup().findVarHandle(Ring.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY));
    private int next;
    private long tail;

    long append(DirectBuffer source, int offset, int length) {
        if (next + length > CAPACITY) {
            next = 0;
        }
        memory.putBytes(next, source, offset, length);
        next += length;
        final long after = tail + length;
        TAIL.setRelease(this, after);
        return after;
    }
}
