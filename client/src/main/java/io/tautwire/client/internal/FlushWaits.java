package io.tautwire.client.internal;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Those who wait until all commands up to some sequence have an outcome. The lock guards the totals and the list; no
 * foreign code runs under it.
 */
public final class FlushWaits {
    /**
     * How far outcomes had come when a wait was over; of those told to this process so many went each way.
     *
     * @param settled      last sequence with an outcome, at least the one waited for.
     * @param acknowledged commands that succeeded.
     * @param refused      commands that were refused.
     */
    public record Totals(long settled, long acknowledged, long refused) {}

    /** One wait. */
    private record Wait(long sequence, CompletableFuture<Totals> done) {}

    private final Object lock = new Object();
    private final List<Wait> waits = new ArrayList<>();
    private long settled;
    private long acknowledged;
    private long refused;
    private boolean closed;

    /** Waits over a store all of whose commands up to this sequence have an outcome. */
    public FlushWaits(long settled) {
        this.settled = settled;
    }

    /** Completes when all commands up to this sequence have an outcome; exceptionally with CLOSED on {@link #close}. */
    public CompletableFuture<Totals> await(long sequence) {
        final CompletableFuture<Totals> done = new CompletableFuture<>();
        synchronized (lock) {
            if (settled >= sequence) {
                done.complete(totals());
            } else if (closed) {
                done.completeExceptionally(closedBefore(sequence));
            } else {
                waits.add(new Wait(sequence, done));
            }
        }
        return done;
    }

    /** The waiter has given up. */
    public void forget(CompletableFuture<Totals> done) {
        synchronized (lock) {
            waits.removeIf(wait -> wait.done == done);
        }
    }

    /** A range of commands has its outcome. One thread at a time. */
    public void onOutcome(long fromSequence, long toSequence, Code code) {
        final long commands = toSequence - fromSequence + 1;
        settle(toSequence, code == Code.OK ? commands : 0, code == Code.OK ? 0 : commands);
    }

    /** All commands up to this sequence had their outcomes told to a process before. One thread at a time. */
    public void onToldBefore(long toSequence) {
        settle(toSequence, 0, 0);
    }

    private void settle(long toSequence, long moreAcknowledged, long moreRefused) {
        final List<Wait> over;
        final Totals totals;
        synchronized (lock) {
            settled = toSequence;
            acknowledged += moreAcknowledged;
            refused += moreRefused;
            if (waits.isEmpty()) {
                return;
            }
            over = takeOver();
            totals = totals();
        }
        over.forEach(wait -> wait.done.complete(totals));
    }

    /** Wakes everybody with CLOSED. */
    public void close() {
        final List<Wait> over;
        synchronized (lock) {
            closed = true;
            over = List.copyOf(waits);
            waits.clear();
        }
        over.forEach(wait -> wait.done.completeExceptionally(closedBefore(wait.sequence)));
    }

    private List<Wait> takeOver() {
        final List<Wait> over = new ArrayList<>();
        for (final Iterator<Wait> i = waits.iterator(); i.hasNext(); ) {
            final Wait wait = i.next();
            if (wait.sequence <= settled) {
                over.add(wait);
                i.remove();
            }
        }
        return over;
    }

    private Totals totals() {
        return new Totals(settled, acknowledged, refused);
    }

    private static TautwireException closedBefore(long sequence) {
        return new TautwireException(
                Code.CLOSED, "the client was closed before sequence=" + sequence + " had an outcome; flush first");
    }
}
