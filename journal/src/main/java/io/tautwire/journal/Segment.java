package io.tautwire.journal;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * One stretch of a journal that lies contiguously in memory.
 *
 * <p>Its fields are plain. Written by the thread that completes a prepare request, then by the appender; a reader sees
 * them through the tail: a position below an acquired tail lies in a segment whose fields were set before.
 */
final class Segment {
    /** The bytes; {@code byteBuffer()} of it is the memory itself. */
    UnsafeBuffer buffer;

    /** Offset behind the last frame; the segment's length until a frame had to go to the next segment. */
    int dataEnd;

    void open(UnsafeBuffer memory) {
        buffer = memory;
        dataEnd = memory.capacity();
    }
}
