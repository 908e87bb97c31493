package io.tautwire.client.internal;

import io.tautwire.journal.Journal;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Where publishers wait until the disk has what they published. Waiting allocates nothing: a fixed number of threads
 * have a place to be woken at, and those beyond it look again and again.
 *
 * <p>No wake-up is lost: a waiter takes its place and then looks how far the journal is; whoever moves that on does so
 * and then looks at the places, with a full fence between the steps on either side.
 */
final class ForceWaits {
    private static final int PLACES = 64;
    private static final long LOOK_AGAIN_NS = 50_000;

    private final Journal journal;
    private final AtomicReferenceArray<Thread> places = new AtomicReferenceArray<>(PLACES);

    ForceWaits(Journal journal) {
        this.journal = journal;
    }

    /** Waits until everything below a position is on disk, or the journal failed. An interrupt is kept for later. */
    void await(long position) {
        if (isOver(position)) {
            return;
        }
        final int place = takePlace();
        boolean interrupted = false;
        while (!isOver(position)) {
            if (place < 0) {
                LockSupport.parkNanos(this, LOOK_AGAIN_NS);
            } else {
                LockSupport.park(this);
            }
            interrupted |= Thread.interrupted();
        }
        if (place >= 0) {
            places.set(place, null);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The journal has moved on, or failed. */
    void wake() {
        VarHandle.fullFence(); // between how far the journal is and the places
        for (int i = 0; i < PLACES; i++) {
            final Thread waiting = places.get(i);
            if (waiting != null) {
                LockSupport.unpark(waiting);
            }
        }
    }

    private boolean isOver(long position) {
        return journal.forced() >= position || journal.failure() != null;
    }

    private int takePlace() {
        final Thread current = Thread.currentThread();
        for (int i = 0; i < PLACES; i++) {
            if (places.get(i) == null && places.compareAndSet(i, null, current)) {
                return i;
            }
        }
        return -1;
    }
}
