package io.tautwire.server.internal.broker.delivery;

import io.tautwire.TautwireException;
import io.tautwire.journal.Journal;
import java.util.ArrayDeque;

/**
 * The sessions with subscriptions to feed, each in turn for a bounded step, so that none starves another nor the
 * publishers.
 */
public final class CatchUp {
    /** Bytes that one session may go through before the next one's turn. */
    private static final int STEP_BYTES = 64 * 1024;

    private final BacklogReader reader;
    private final Runnable schedule;
    private final ArrayDeque<Backlog> queue = new ArrayDeque<>();

    /**
     * Nobody to feed.
     *
     * @param schedule asks that {@link #run} be called soon; called when work comes where there was none.
     */
    public CatchUp(Journal journal, Runnable schedule) {
        this.reader = new BacklogReader(journal);
        this.schedule = schedule;
    }

    /**
     * Feeds sessions in turn.
     *
     * @param budget bytes to go through in all, about.
     */
    public void run(int budget) {
        int left = budget;
        while (left > 0 && !queue.isEmpty()) {
            final Backlog backlog = queue.pollFirst();
            final int unspent = step(backlog);
            left -= STEP_BYTES - unspent;
            if (unspent == 0) {
                queue.addLast(backlog);
            } else {
                backlog.unqueued();
            }
        }
    }

    private int step(Backlog backlog) {
        try {
            return backlog.step(reader, STEP_BYTES);
        } catch (TautwireException e) {
            backlog.fail(e);
            return STEP_BYTES;
        }
    }

    /** Whether there is more to do: run again, after others had their turn. */
    public boolean hasWork() {
        return !queue.isEmpty();
    }

    void add(Backlog backlog) {
        queue.addLast(backlog);
        if (queue.size() == 1) {
            schedule.run();
        }
    }
}
