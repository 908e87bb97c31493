package io.tautwire.journal;

import java.lang.invoke.VarHandle;

/**
 * What the appender has asked of the storage: which segments it holds, and what it is to keep. Owned by the appender.
 */
final class StorageRequests {
    private final Storage storage;
    private final StorageProgress progress;
    private final SegmentTable segments;
    private final Pins pins;
    private final SharedPosition head;
    private final SharedPosition droppedEnd;
    private final boolean dropsOldest;
    private final long segmentLength;
    private long capacity;

    /** Segments in [oldest, asked) are held, the last of them perhaps not prepared yet. */
    private long oldest;

    private long asked;
    private int seenPrepareFailures;
    private long writeAsked;
    private long forceAsked;

    StorageRequests(
            Storage storage,
            StorageProgress progress,
            SegmentTable segments,
            Pins pins,
            SharedPosition head,
            SharedPosition droppedEnd,
            JournalConfig config) {
        this.storage = storage;
        this.progress = progress;
        this.segments = segments;
        this.pins = pins;
        this.head = head;
        this.droppedEnd = droppedEnd;
        this.dropsOldest = config.whenFull() == WhenFull.DROP_OLDEST;
        this.segmentLength = config.segmentLength();
        this.capacity = segmentLength * config.maxSegments();
    }

    /** Zero if the segment, the first one not entered yet, can be written to; else FULL or NOT_READY. */
    long ensure(long segmentPosition) {
        if (segmentPosition < progress.prepared()) {
            return 0;
        }
        prepareNext();
        if (segmentPosition < progress.prepared()) {
            return 0;
        }
        final boolean isUnderWay = asked > segmentPosition && progress.prepareFailures() == seenPrepareFailures;
        return isUnderWay ? Journal.NOT_READY : Journal.FULL;
    }

    /** Asks for the segment behind the last one held, if there is room for it; and once more if that failed before. */
    void prepareNext() {
        if (asked > progress.prepared()) {
            final int failures = progress.prepareFailures();
            if (failures == seenPrepareFailures) {
                return;
            }
            seenPrepareFailures = failures;
            if (!settlesForLess()) {
                storage.prepare(asked - segmentLength);
                return;
            }
        }
        reclaim();
        if (asked - oldest < capacity) {
            asked += segmentLength;
            storage.prepare(asked - segmentLength);
        }
    }

    /**
     * A journal that drops its oldest would rather be shorter than stand still: what the storage held when it had no
     * more is its capacity from now on, as long as that is two segments.
     */
    private boolean settlesForLess() {
        final long held = asked - segmentLength - oldest;
        if (!dropsOldest || held < 2 * segmentLength) {
            return false;
        }
        asked -= segmentLength;
        capacity = held;
        return true;
    }

    /** Asks that everything below the tail be written and forced. */
    void force(long tail) {
        while (writeAsked < tail) {
            final long from = writeAsked;
            writeAsked = Math.min(tail, segments.end(from));
            storage.write(from, (int) (writeAsked - from));
        }
        if (forceAsked < tail) {
            forceAsked = tail;
            storage.force(tail);
        }
    }

    private void reclaim() {
        if (dropsOldest && asked - oldest == capacity && oldest + segmentLength <= reusableTo(oldest + segmentLength)) {
            dropOldest();
        }
        // Released to the storage as soon as possible: memory just read is taken again while it is warm in the caches.
        final long reusable = reusableTo(head.get());
        while (oldest + segmentLength <= reusable) {
            oldest += segmentLength;
            storage.release(oldest - segmentLength);
        }
    }

    private long reusableTo(long position) {
        VarHandle.fullFence(); // between the head and the pins, see Pins
        final long unwritten = progress.written();
        return Math.min(Math.min(position, pins.lowest()), unwritten < writeAsked ? unwritten : position);
    }

    /** The head moves before anything is overwritten; and before it, where the last frame dropped ended: see lapped. */
    private void dropOldest() {
        final long newHead = oldest + segmentLength;
        if (head.own() < newHead) {
            droppedEnd.set(oldest + segments.at(oldest).dataEnd);
            head.set(newHead);
        }
    }
}
