package io.tautwire.server.internal.broker.delivery;

import io.tautwire.journal.Journal;
import org.agrona.collections.LongHashSet;

/**
 * Which of the journal's segments are in memory: the newest, where nearly everybody reads, and of the others at most so
 * many as were fetched to be read. Whoever comes to one more waits until one of those has not been read for a while.
 */
final class ColdSegments {
    /** Newest segments that stay in memory. */
    static final int NEWEST = 4;

    /** Older ones that may be in memory, or on their way. */
    static final int FETCHED = 8;

    private final Journal journal;
    private final int segmentLength;
    private final LongHashSet fetched = new LongHashSet();
    private final LongHashSet arrived = new LongHashSet();
    private long newestCooledTo;
    private boolean isOneWanted;

    ColdSegments(Journal journal) {
        this.journal = journal;
        this.segmentLength = journal.config().segmentLength();
    }

    /** Whether a position may be read: its segment is in memory, or may be fetched. */
    boolean admits(long position) {
        if (journal.isWarm(position) || fetched.contains(journal.segmentReadAt(position))) {
            return true;
        }
        if (fetched.size() >= FETCHED) {
            isOneWanted = true;
            return false;
        }
        return true;
    }

    /** The segment of this position is being fetched. */
    void onFetch(long position) {
        fetched.add(segmentOf(position));
    }

    /** The storage has completed something: a segment may have come, or the tail may have entered another. */
    void onJournalProgress() {
        final LongHashSet.LongIterator segments = fetched.iterator();
        while (segments.hasNext()) {
            final long segment = segments.nextValue();
            if (journal.isWarm(segment)) {
                arrived.add(segment);
            }
        }
        final long newest = segmentOf(journal.tail()) - (NEWEST - 1L) * segmentLength;
        if (newest > newestCooledTo) {
            newestCooledTo = newest;
            cool();
        }
    }

    /**
     * Time has passed: if somebody waits for room, what was not read since the last time makes some.
     *
     * @return whether there is room now.
     */
    boolean onTimer() {
        if (!isOneWanted) {
            return false;
        }
        cool();
        isOneWanted = fetched.size() >= FETCHED;
        return !isOneWanted;
    }

    private void cool() {
        if (journal.failure() != null) {
            return;
        }
        journal.coolTo(newestCooledTo);
        final LongHashSet.LongIterator segments = arrived.iterator();
        while (segments.hasNext()) {
            final long segment = segments.nextValue();
            if (segment < journal.head() || !journal.isWarm(segment)) {
                segments.remove();
                fetched.remove(segment);
            }
        }
    }

    private long segmentOf(long position) {
        return position & -(long) segmentLength;
    }
}
