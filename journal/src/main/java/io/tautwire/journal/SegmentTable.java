package io.tautwire.journal;

import io.tautwire.journal.recovery.Recovered;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds the segment of a position. A position is {@code segment number * segment length + offset}, and the numbers go
 * round a table that is at least as large as the number of segments held. A slot is filled when its first segment is
 * opened, so a table for many segments costs little while few are held; readers see it as they see a segment's fields.
 */
final class SegmentTable {
    private final int segmentLength;
    private final int shift;
    private final Segment[] slots;
    private long uses;

    SegmentTable(int segmentLength, int maxSegments) {
        this.segmentLength = segmentLength;
        this.shift = Integer.numberOfTrailingZeros(segmentLength);
        this.slots = new Segment[BitUtil.findNextPositivePowerOfTwo(maxSegments)];
    }

    Segment at(long position) {
        return slots[(int) (position >>> shift) & (slots.length - 1)];
    }

    /** A cursor came to a frame in a segment that came back. */
    void use(Segment segment) {
        segment.usedAt = uses++;
    }

    int offset(long position) {
        return (int) position & (segmentLength - 1);
    }

    /** Position of the first byte behind the segment that this position lies in. */
    long end(long position) {
        return (position & -segmentLength) + segmentLength;
    }

    /** Position of the first byte of the segment that this position lies in. */
    long begin(long position) {
        return position & -segmentLength;
    }

    /** A segment has its memory to be appended to. */
    void open(long position, UnsafeBuffer memory) {
        check(memory);
        slot(position).open(memory);
    }

    /** A cold segment has its memory. */
    void bringBack(long position, UnsafeBuffer memory) {
        check(memory);
        at(position).bringBack(memory);
    }

    /** Takes over what is known of the segments that were there before. */
    void recover(Recovered recovered) {
        for (long at = recovered.firstSegment(); at < recovered.endSegment(); at += segmentLength) {
            slot(at).recover(recovered.dataEnd(at), recovered.firstTimestamp(at));
        }
    }

    /** The last of the segments from one to another whose first frame is earlier than a time; or the first of them. */
    long lastBefore(long timestamp, long from, long to) {
        long low = from;
        long high = to;
        while (low < high) {
            final long middle = begin(low + (high - low + segmentLength) / 2);
            if (at(middle).firstTimestamp < timestamp) {
                low = middle;
            } else {
                high = middle - segmentLength;
            }
        }
        return low;
    }

    private Segment slot(long position) {
        final int slot = (int) (position >>> shift) & (slots.length - 1);
        if (slots[slot] == null) {
            slots[slot] = new Segment();
        }
        return slots[slot];
    }

    private void check(UnsafeBuffer memory) {
        if (memory.capacity() != segmentLength || memory.byteBuffer() == null) {
            throw new IllegalArgumentException("capacity=" + memory.capacity() + " byteBuffer=" + memory.byteBuffer()
                    + " is no segment; storage must give a ByteBuffer of segmentLength=" + segmentLength);
        }
    }
}
