package io.tautwire.journal;

import io.tautwire.journal.recovery.Recovered;
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
    private final WarmSegments warm;
    private final boolean dropsOldest;
    private final long segmentLength;
    private long capacity;

    /** Segments in [oldest, asked) are held, the last of them perhaps not prepared yet. */
    private long oldest;

    private long asked;

    /** The segment that has the last frame. It is kept: whoever opens the journal again finds what came last. */
    private long entered;

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
        this.warm = new WarmSegments(storage, segments, config.segmentLength());
        this.capacity = segmentLength * config.maxSegments();
    }

    /** Takes over what was recovered, and asks for the segment that the tail lies in, or for the next one. */
    void reopen(Recovered recovered) {
        oldest = recovered.firstSegment();
        asked = segments.begin(recovered.tail());
        entered = Math.max(oldest, segments.begin(recovered.tail() - 1));
        warm.recovered(asked);
        writeAsked = recovered.tail();
        forceAsked = recovered.tail();
        if (asked < recovered.tail()) {
            asked += segmentLength; // whether or not there is room for one more: it is there already
            storage.prepare(asked - segmentLength);
        } else {
            prepareNext();
        }
    }

    /** The first frame of a segment was committed. */
    void enter(long segmentPosition) {
        entered = segmentPosition;
        prepareNext();
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
        writeAsked = Math.max(writeAsked, oldest); // what was released meanwhile nobody needs any more
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

    /** Asks for a segment that is cold, once. The tail's comes by being prepared; if that failed it is asked again. */
    void fetch(long position) {
        final long segment = segments.begin(position);
        if (segment >= progress.prepared()) {
            prepareNext();
        } else if (!segments.at(segment).isAwaited) {
            segments.at(segment).isAwaited = true;
            warm.fetched(segment);
            storage.read(segment);
        }
    }

    /** Asks for all that is cold. */
    void fetchAll(long tail) {
        for (long at = oldest; at < tail; at += segmentLength) {
            if (segments.at(at).buffer == null) {
                fetch(at);
            }
        }
    }

    /** Whether everything below the tail is in memory. */
    boolean isWarm(long tail) {
        for (long at = oldest; at < tail; at += segmentLength) {
            if (segments.at(at).buffer == null) {
                return false;
            }
        }
        return true;
    }

    /** Gives back the memory of whole segments that are forced, but never that of the one that has the last frame. */
    void coolTo(long position) {
        warm.cool(oldest, Math.min(Math.min(position, entered), progress.forced()), pins.lowest());
    }

    /** Where all frames of a timestamp and later ones lie behind. */
    long segmentBefore(long timestamp, long from) {
        return segments.lastBefore(timestamp, segments.begin(from), entered);
    }

    /** Gives the segments below the head to the storage, as far as nothing refers to them. */
    void reclaim() {
        if (dropsOldest && asked - oldest == capacity && oldest + segmentLength <= reusableTo(oldest + segmentLength)) {
            dropOldest();
        }
        // Released to the storage as soon as possible: memory just read is taken again while it is warm in the caches.
        final long reusable = Math.min(reusableTo(head.get()), entered);
        // What is awaited would arrive where another segment lies by then.
        while (oldest + segmentLength <= reusable && !segments.at(oldest).isAwaited) {
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
            storage.head(newHead);
            head.set(newHead);
        }
    }
}
