package io.tautwire.benchmarks.latency;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How far the answers have come. The receive thread says so; the one thread of the benchmark waits for it, parked or
 * spinning.
 *
 * <p>No wake-up is lost: the waiter writes {@code awaited} and then reads {@code reached}, the receive thread writes
 * {@code reached} and then reads {@code awaited}, and all four are volatile.
 */
final class Arrivals {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long NOBODY_WAITS = Long.MAX_VALUE;
    private static final int SPINS_BETWEEN_LOOKS = 10_000;

    private final boolean isSpinning;
    private volatile long reached;
    private volatile long awaited = NOBODY_WAITS;
    private volatile String failure;
    private volatile Thread waiter;

    Arrivals(boolean isSpinning) {
        this.isSpinning = isSpinning;
    }

    /** Everything up to a sequence is there; on the receive thread. */
    void reached(long sequence) {
        reached = sequence;
        if (sequence >= awaited) {
            LockSupport.unpark(waiter);
        }
    }

    /** Nothing more is to be expected. Any thread. */
    void fail(String why) {
        failure = why;
        LockSupport.unpark(waiter);
    }

    /**
     * Waits until a sequence is there.
     *
     * @throws IllegalStateException if it cannot come any more, or does not for half a minute.
     */
    void await(long sequence) {
        if (isSpinning) {
            spin(sequence);
        } else if (reached < sequence) {
            park(sequence);
        }
    }

    /**
     * Waits, if so many are under way, until half of them are there.
     *
     * @param offered the last sequence that was given out.
     */
    void awaitRoom(long offered, int inFlight) {
        if (offered - reached >= inFlight) {
            await(offered - inFlight / 2);
        }
    }

    private void spin(long sequence) {
        int left = SPINS_BETWEEN_LOOKS;
        long startNs = 0;
        while (reached < sequence) {
            Thread.onSpinWait();
            if (--left == 0) {
                left = SPINS_BETWEEN_LOOKS;
                startNs = startNs == 0 ? System.nanoTime() : startNs;
                check(sequence, startNs);
            }
        }
    }

    private void park(long sequence) {
        final long startNs = System.nanoTime();
        waiter = Thread.currentThread();
        awaited = sequence;
        while (reached < sequence) {
            check(sequence, startNs);
            LockSupport.parkNanos(this, PATIENCE_NS);
        }
        awaited = NOBODY_WAITS;
    }

    private void check(long sequence, long startNs) {
        if (failure != null) {
            throw new IllegalStateException("sequence=" + sequence + " has no answer: " + failure);
        }
        if (System.nanoTime() - startNs > PATIENCE_NS) {
            throw new IllegalStateException(
                    "sequence=" + sequence + " has no answer for ns=" + PATIENCE_NS + "; reached=" + reached);
        }
    }
}
