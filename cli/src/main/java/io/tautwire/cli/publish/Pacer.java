package io.tautwire.cli.publish;

import io.tautwire.cli.terminal.Stop;
import java.util.concurrent.TimeUnit;

/**
 * Spaces messages evenly, open-loop: each has its time from the start on, and one that was held up does not push back
 * those after it. One thread at a time.
 */
final class Pacer {
    private final double intervalNs;
    private final Stop stop;
    private final long startNs = System.nanoTime();
    private long turns;

    /**
     * Begins now.
     *
     * @param perSecond messages a second; zero for no spacing.
     * @param stop      ends a wait.
     */
    Pacer(long perSecond, Stop stop) {
        this.intervalNs = perSecond == 0 ? 0 : (double) TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.stop = stop;
    }

    /** Waits for the next message's time, or for the wish to stop. */
    void awaitTurn() throws InterruptedException {
        final long dueNs = startNs + (long) (turns++ * intervalNs);
        final long waitNs = dueNs - System.nanoTime();
        if (intervalNs > 0 && waitNs > 0) {
            stop.await(waitNs);
        }
    }
}
