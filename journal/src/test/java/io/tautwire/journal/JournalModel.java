package io.tautwire.journal;

import io.tautwire.codec.FrameDescriptor;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A journal as one would write it without any care for speed or memory. */
final class JournalModel {
    private final TreeMap<Long, Frame> frames = new TreeMap<>();
    private final long segmentLength;
    private final int maxSegments;
    private final boolean drops;
    private long head;
    private long tail;
    private long enteredTo;
    private long nextId;

    JournalModel(int segmentLength, int maxSegments, WhenFull whenFull) {
        this.segmentLength = segmentLength;
        this.maxSegments = maxSegments;
        this.drops = whenFull == WhenFull.DROP_OLDEST;
    }

    /** A frame that was committed. */
    record Frame(long position, int length, long id) {
        long end() {
            return position + FrameDescriptor.aligned(length);
        }
    }

    long head() {
        return head;
    }

    long tail() {
        return tail;
    }

    long nextId() {
        return nextId;
    }

    long claim(int length) {
        if (length > segmentLength) {
            return Journal.TOO_LARGE;
        }
        if (tail + FrameDescriptor.aligned(length) <= enteredTo) {
            return tail;
        }
        final boolean isFull = !drops && enteredTo / segmentLength - head / segmentLength >= maxSegments;
        return isFull ? Journal.FULL : enteredTo;
    }

    void commit(long position, int length) {
        final Frame frame = new Frame(position, length, nextId++);
        frames.put(position, frame);
        tail = frame.end();
        if (position == enteredTo) {
            enteredTo += segmentLength;
            // One segment of a journal that drops is kept in reserve.
            if (drops && enteredTo + segmentLength > maxSegments * segmentLength) {
                head = enteredTo + segmentLength - maxSegments * segmentLength;
            }
        }
    }

    void releaseTo(long position) {
        head = Math.max(head, position);
    }

    /** The frame that begins at or behind a position, or null. */
    Frame from(long position) {
        final Map.Entry<Long, Frame> found = frames.ceilingEntry(position);
        return found == null ? null : found.getValue();
    }

    /** Whether a reader that stands here has missed a frame, or stands below what was given up by hand. */
    boolean isLapped(long position) {
        if (position >= head) {
            return false;
        }
        final Frame next = from(position);
        return !drops || next != null && next.position() < head;
    }

    /** A frame's position, the tail, or, rarely, that of a frame that is gone. */
    long somePosition(SplittableRandom random) {
        final long lowest = random.nextInt(4) == 0 ? Math.max(0, head - 2 * segmentLength) : head;
        final Frame frame = from(lowest + (long) (random.nextDouble() * (tail - lowest)));
        return frame == null || random.nextInt(10) == 0 ? tail : frame.position();
    }
}
