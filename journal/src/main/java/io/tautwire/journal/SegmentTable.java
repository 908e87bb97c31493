package io.tautwire.journal;

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

    SegmentTable(int segmentLength, int maxSegments) {
        this.segmentLength = segmentLength;
        this.shift = Integer.numberOfTrailingZeros(segmentLength);
        this.slots = new Segment[BitUtil.findNextPositivePowerOfTwo(maxSegments)];
    }

    Segment at(long position) {
        return slots[(int) (position >>> shift) & (slots.length - 1)];
    }

    int offset(long position) {
        return (int) position & (segmentLength - 1);
    }

    /** Position of the first byte behind the segment that this position lies in. */
    long end(long position) {
        return (position & -segmentLength) + segmentLength;
    }

    void open(long position, UnsafeBuffer memory) {
        if (memory.capacity() != segmentLength || memory.byteBuffer() == null) {
            throw new IllegalArgumentException("capacity=" + memory.capacity() + " byteBuffer=" + memory.byteBuffer()
                    + " is no segment; storage must give a ByteBuffer of segmentLength=" + segmentLength);
        }
        final int slot = (int) (position >>> shift) & (slots.length - 1);
        if (slots[slot] == null) {
            slots[slot] = new Segment();
        }
        slots[slot].open(memory);
    }
}
