package io.tautwire.journal.recovery;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal found in memory, to be damaged. */
public final class MemoryImage implements JournalImage {
    /** All segments, one behind the other. */
    public UnsafeBuffer bytes;

    /** What {@link #firstSegment()} says. */
    public long firstSegment;

    /** What {@link #head()} says. */
    public long head;

    /** What {@link #synced()} says. */
    public long synced;

    /** What {@link #isClean()} says. */
    public boolean isClean;

    /** What {@link #isSameBoot()} says. */
    public boolean isSameBoot;

    private final int segmentLength;

    /** Segments of this length, of zeros. */
    public MemoryImage(int segmentLength, int segments) {
        this.segmentLength = segmentLength;
        this.bytes = new UnsafeBuffer(new byte[segmentLength * segments]);
    }

    /** Another one with the same content. */
    public MemoryImage copy() {
        final MemoryImage copy = new MemoryImage(segmentLength, 0);
        copy.bytes = new UnsafeBuffer(bytes.byteArray().clone());
        copy.firstSegment = firstSegment;
        copy.head = head;
        copy.synced = synced;
        copy.isClean = isClean;
        copy.isSameBoot = isSameBoot;
        return copy;
    }

    /** Found after an orderly close. */
    public MemoryImage clean(long tail) {
        isClean = true;
        synced = tail;
        return this;
    }

    /** Found after the process died. */
    public MemoryImage killed(long syncedPosition) {
        isClean = false;
        isSameBoot = true;
        synced = syncedPosition;
        return this;
    }

    /** Found after the power failed. */
    public MemoryImage powerCut(long syncedPosition) {
        isClean = false;
        isSameBoot = false;
        synced = syncedPosition;
        return this;
    }

    /** Index of a position in {@link #bytes}. */
    public int index(long position) {
        return (int) (position - firstSegment);
    }

    /** Makes everything from a position on zero, as if it had never been written. */
    public void zero(long from) {
        bytes.setMemory(index(from), bytes.capacity() - index(from), (byte) 0);
    }

    /** Turns one bit over. */
    public void flip(int index, int bit) {
        bytes.putByte(index, (byte) (bytes.getByte(index) ^ 1 << bit));
    }

    @Override
    public long journalId() {
        return 7;
    }

    @Override
    public int segmentLength() {
        return segmentLength;
    }

    @Override
    public long firstSegment() {
        return firstSegment;
    }

    @Override
    public long endSegment() {
        return firstSegment + bytes.capacity();
    }

    @Override
    public DirectBuffer segment(long segmentPosition) {
        if (segmentPosition < firstSegment || segmentPosition >= endSegment() || segmentPosition % segmentLength != 0) {
            throw new AssertionError("segmentPosition=" + segmentPosition + " is not there");
        }
        return new UnsafeBuffer(bytes, index(segmentPosition), segmentLength);
    }

    @Override
    public long head() {
        return head;
    }

    @Override
    public long synced() {
        return synced;
    }

    @Override
    public boolean isClean() {
        return isClean;
    }

    @Override
    public boolean isSameBoot() {
        return isSameBoot;
    }

    @Override
    public String locate(long position) {
        return "file=memory offset=" + index(position);
    }
}
