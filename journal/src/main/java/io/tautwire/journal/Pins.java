package io.tautwire.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The positions that pinned cursors hold: memory from the lowest of them on is not reused.
 *
 * <p>Pinning races with reuse, and a fence on either side decides it. A reader sets its pin, fences, then reads the
 * head; the appender reads the head (or moves it), fences, then reads the pins. So either the appender sees the pin and
 * leaves the memory alone, or the reader sees the head beyond its position and leaves.
 *
 * <p>Pins are never unlinked, only taken again: there are as many as cursors were ever pinned at one time.
 */
final class Pins {
    /** Position of a pin that holds nothing. */
    static final long NONE = Long.MAX_VALUE;

    private static final VarHandle FIRST;
    private static final VarHandle POSITION;
    private static final VarHandle TAKEN;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            FIRST = lookup.findVarHandle(Pins.class, "first", Pin.class);
            POSITION = lookup.findVarHandle(Pin.class, "position", long.class);
            TAKEN = lookup.findVarHandle(Pin.class, "taken", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Pin first;

    /** A pin for one cursor, which holds nothing yet. Any thread. */
    Pin take() {
        for (Pin pin = (Pin) FIRST.getAcquire(this); pin != null; pin = pin.next) {
            if (TAKEN.compareAndSet(pin, false, true)) {
                return pin;
            }
        }
        final Pin pin = new Pin();
        do {
            pin.next = (Pin) FIRST.getAcquire(this);
        } while (!FIRST.compareAndSet(this, pin.next, pin));
        return pin;
    }

    /** The lowest position pinned, or {@link #NONE}. The appender, which has fenced after it read or moved the head. */
    long lowest() {
        long lowest = NONE;
        for (Pin pin = (Pin) FIRST.getAcquire(this); pin != null; pin = pin.next) {
            lowest = Math.min(lowest, (long) POSITION.getAcquire(pin));
        }
        return lowest;
    }

    /** One cursor's pin. Moved by that cursor's thread. */
    static final class Pin {
        private Pin next;
        private long position = NONE;

        private boolean taken = true;

        /** Holds from this position on. Only going back needs the fence: going forward, the old pin held it already. */
        void hold(long from) {
            final boolean isBack = from < position;
            POSITION.setRelease(this, from);
            if (isBack) {
                VarHandle.fullFence();
            }
        }

        /** Holds nothing, and may be taken by another cursor. Release: this cursor's last reads come before reuse. */
        void giveBack() {
            POSITION.setRelease(this, NONE);
            TAKEN.setRelease(this, false);
        }
    }
}
