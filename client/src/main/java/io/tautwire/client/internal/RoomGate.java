package io.tautwire.client.internal;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where publishers park while the publish store is full or busy.
 *
 * <p>No wake-up is lost: a waiter counts itself and then looks for room; whoever makes room does so and then looks for
 * waiters. The full fences between the two steps, on either side, see to it that at least one of them sees the other.
 * The lock guards the parking alone and is held for no other work.
 */
final class RoomGate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile int waiters;
    private long changes;

    /** Counts the caller in; returns what {@link #await} must be given. Between the two it looks for room once more. */
    long enter() {
        lock.lock();
        try {
            waiters++;
            return changes;
        } finally {
            lock.unlock();
            VarHandle.fullFence();
        }
    }

    /** Parks until something changed since {@link #enter}, or the bound has passed. */
    void await(long since, long timeoutNs) throws InterruptedException {
        lock.lock();
        try {
            long left = timeoutNs;
            while (changes == since && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Counts the caller out. */
    void leave() {
        lock.lock();
        try {
            waiters--;
        } finally {
            lock.unlock();
        }
    }

    /** There may be room now. Costs a fence and a read when nobody waits. */
    void signal() {
        VarHandle.fullFence();
        signalFenced();
    }

    /** As {@link #signal}, for a caller that has passed a full fence since it made room. */
    void signalFenced() {
        if (waiters != 0) {
            lock.lock();
            try {
                changes++;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
