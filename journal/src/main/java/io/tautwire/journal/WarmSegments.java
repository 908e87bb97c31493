package io.tautwire.journal;

import org.agrona.collections.LongArrayList;

/**
 * Decides which segments lose their memory. What was appended goes in its order, as far as it is told to. What came
 * back because somebody wanted to read it goes when more of it is there than {@link #BACK}, the one first that nobody
 * has read in for longest: not by time, so that a reader who has to wait, for its socket or for its turn, finds it
 * still there. Owned by the appender.
 */
final class WarmSegments {
    /** Segments that came back and stay. */
    static final int BACK = 8;

    /** As many may be there while nobody has read in them yet. */
    private static final int BACK_UNUSED = 4 * BACK;

    private final Storage storage;
    private final SegmentTable segments;
    private final int segmentLength;
    private final LongArrayList back = new LongArrayList();

    /** The first segment that has never been cold. */
    private long hot;

    WarmSegments(Storage storage, SegmentTable segments, int segmentLength) {
        this.storage = storage;
        this.segments = segments;
        this.segmentLength = segmentLength;
    }

    /** All before this segment is cold. */
    void recovered(long segmentPosition) {
        hot = segmentPosition;
    }

    /** A cold segment was asked for. */
    void fetched(long segmentPosition) {
        back.addLong(segmentPosition);
    }

    /**
     * Makes segments cold.
     *
     * @param oldest those before it are released.
     * @param to     below this position nobody minds.
     * @param pinned from this position on memory must stay.
     */
    void cool(long oldest, long to, long pinned) {
        for (hot = Math.max(hot, oldest); hot + segmentLength <= Math.min(to, pinned); hot += segmentLength) {
            cool(hot);
        }
        while (coolUnusedLongest(oldest, pinned)) {}
    }

    private boolean coolUnusedLongest(long oldest, long pinned) {
        int found = -1;
        for (int i = back.size() - 1; i >= 0; i--) {
            final long position = back.getLong(i);
            if (position < oldest) {
                back.fastUnorderedRemove(i);
                found = found == back.size() ? i : found; // the last one was put in the place of the one removed
            } else if (isFree(position, pinned) && (found < 0 || usedAt(i) < usedAt(found))) {
                found = i;
            }
        }
        if (found < 0 || back.size() <= (usedAt(found) == Segment.UNUSED ? BACK_UNUSED : BACK)) {
            return false;
        }
        cool(back.fastUnorderedRemove(found));
        return true;
    }

    private boolean isFree(long position, long pinned) {
        return position + segmentLength <= pinned && !segments.at(position).isAwaited;
    }

    private long usedAt(int index) {
        return segments.at(back.getLong(index)).usedAt;
    }

    private void cool(long position) {
        segments.at(position).cool();
        storage.cool(position);
    }
}
