package io.tautwire.server.internal.broker.delivery;

import io.tautwire.TautwireException;
import io.tautwire.journal.Journal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The sessions with subscriptions to feed, each in turn for a bounded step, so that none starves another nor the
 * publishers; and those that wait for the journal's storage.
 */
public final class CatchUp {
    /** Bytes that one session may go through before the next one's turn. */
    private static final int STEP_BYTES = 64 * 1024;

    /**
     * Segments behind the tail's that stay in memory, for those who are a little behind. With that one and the next,
     * which is prepared, they are what FileJournalConfig.MIN_HOT_SEGMENTS allows: one more, and the next one could wait
     * for ever for the memory of one that is never given up.
     */
    private static final int NEWEST = 1;

    private final Journal journal;
    private final BacklogReader reader;
    private final Locator locator;
    private final Runnable schedule;
    private final ArrayDeque<Backlog> queue = new ArrayDeque<>();
    private final List<Backlog> watching = new ArrayList<>();

    /**
     * Nobody to feed.
     *
     * @param schedule asks that {@link #run} be called soon; called when work comes where there was none.
     */
    public CatchUp(Journal journal, Runnable schedule) {
        this.journal = journal;
        this.reader = new BacklogReader(journal);
        this.locator = new Locator(journal, reader);
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

    /** The journal's storage has completed something: who waited for that is in line again. */
    public void onJournalProgress() {
        if (journal.failure() == null) {
            journal.coolTo(Math.max(
                    0, journal.tail() - NEWEST * (long) journal.config().segmentLength()));
        }
        int kept = 0;
        for (int i = 0; i < watching.size(); i++) {
            final Backlog backlog = watching.get(i);
            if (backlog.onJournalProgress(reader)) {
                watching.set(kept++, backlog);
            }
        }
        watching.subList(kept, watching.size()).clear();
    }

    void add(Backlog backlog) {
        queue.addLast(backlog);
        if (queue.size() == 1) {
            schedule.run();
        }
    }

    void watch(Backlog backlog) {
        watching.add(backlog);
    }

    Locator locator() {
        return locator;
    }

    /** What a subscription may be given ends here. */
    long limit(Subscription subscription) {
        return switch (subscription.deliveryPoint()) {
            case WRITTEN -> journal.written();
            case SYNCED -> journal.forced();
            default -> journal.tail();
        };
    }
}
