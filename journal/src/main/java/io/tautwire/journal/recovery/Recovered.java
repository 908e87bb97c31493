package io.tautwire.journal.recovery;

import java.util.Arrays;

/** What a recovery found: which part of the image is the journal. */
public final class Recovered {
    private static final int FEW = 16;

    private final int segmentLength;
    private long head;
    private long tail;
    private boolean isCut;
    private boolean isClean;
    private long frames;
    private long lastFrame = -1;
    private long firstSegment;
    private int segments;
    private int[] dataEnds = new int[FEW];
    private long[] firstTimestamps = new long[FEW];

    Recovered(int segmentLength, long firstSegment) {
        this.segmentLength = segmentLength;
        this.firstSegment = firstSegment;
    }

    /** Bytes of every segment. */
    public int segmentLength() {
        return segmentLength;
    }

    /** The first position still needed; at most the tail. */
    public long head() {
        return head;
    }

    /** Position behind the last whole frame, or behind the padding after it. What lies behind it must be zeroed. */
    public long tail() {
        return tail;
    }

    /** Whether anything but zeros lay behind the tail. */
    public boolean isCut() {
        return isCut;
    }

    /**
     * Whether the journal was closed in order. If not, a new epoch begins at the tail: frames that were delivered may
     * be gone without a trace.
     */
    public boolean isClean() {
        return isClean;
    }

    /** How many frames were read, padding aside: those of the segment that the head lies in, and all behind it. */
    public long frames() {
        return frames;
    }

    /** Position of the last frame, or -1 if there is none. */
    public long lastFrame() {
        return lastFrame;
    }

    /** The first segment to keep; those below it are not needed. */
    public long firstSegment() {
        return firstSegment;
    }

    /** Position behind the last segment that holds anything of the journal; those from there on must go. */
    public long endSegment() {
        return firstSegment + (long) segments * segmentLength;
    }

    /**
     * Where the padding of a segment begins, or its length if it has none.
     *
     * @param segmentPosition within [{@link #firstSegment()}, {@link #endSegment()}).
     */
    public int dataEnd(long segmentPosition) {
        return dataEnds[index(segmentPosition)];
    }

    /**
     * The timestamp of a segment's first frame in nanoseconds since the epoch; 0 in a publish store.
     *
     * @param segmentPosition within [{@link #firstSegment()}, {@link #endSegment()}).
     */
    public long firstTimestamp(long segmentPosition) {
        return firstTimestamps[index(segmentPosition)];
    }

    private int index(long segmentPosition) {
        if (segmentPosition < firstSegment || segmentPosition >= endSegment() || segmentPosition % segmentLength != 0) {
            throw new IllegalArgumentException("segmentPosition=" + segmentPosition + " is no segment from "
                    + firstSegment + " to " + endSegment());
        }
        return (int) ((segmentPosition - firstSegment) / segmentLength);
    }

    void segment(long firstTimestamp) {
        if (segments == dataEnds.length) {
            dataEnds = Arrays.copyOf(dataEnds, 2 * segments);
            firstTimestamps = Arrays.copyOf(firstTimestamps, 2 * segments);
        }
        dataEnds[segments] = segmentLength;
        firstTimestamps[segments++] = firstTimestamp;
    }

    void padFrom(int end) {
        dataEnds[segments - 1] = end;
    }

    void frame(long position) {
        frames++;
        lastFrame = position;
    }

    void end(long head, long tail, boolean isCut, boolean isClean) {
        this.head = head;
        this.tail = tail;
        this.isCut = isCut;
        this.isClean = isClean;
    }

    @Override
    public String toString() {
        return "head=" + head + " tail=" + tail + " frames=" + frames + " isCut=" + isCut + " isClean=" + isClean;
    }
}
