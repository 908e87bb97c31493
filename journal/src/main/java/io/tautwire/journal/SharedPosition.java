package io.tautwire.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A position that one thread moves and others read, alone on its cache lines.
 *
 * <p>{@link #set} releases and {@link #get} acquires: what the writer did before {@code set} is seen by whoever gets
 * that position or a later one. The pairs of a journal:
 *
 * <ul>
 *   <li>tail: frame bytes and segment fields before it / a cursor before it reads them.
 *   <li>head: the last reads of frames given up before it / the appender before it reuses their memory.
 *   <li>prepared: the new segment's fields before it / the appender before it writes there.
 *   <li>written, forced: the storage's work before it / whoever acknowledges by it.
 * </ul>
 */
final class SharedPosition extends Padding.Value {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Padding.Value.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    long a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12, a13, a14, a15;

    long get() {
        return (long) VALUE.getAcquire(this);
    }

    /** For the one thread that moves it. */
    long own() {
        return (long) VALUE.get(this);
    }

    void set(long position) {
        VALUE.setRelease(this, position);
    }
}
