package io.tautwire.journal;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * One stretch of a journal that lies contiguously in memory, or is cold.
 *
 * <p>Its fields are plain. Written by the thread that completes a prepare request, then by the appender; a reader sees
 * them through the tail: a position below an acquired tail lies in a segment whose fields were set before. What makes a
 * segment cold or warm again is written on the appender's thread, or before there is a cursor.
 */
final class Segment {
    /** It came back, and nobody has looked at it yet. */
    static final long UNUSED = Long.MAX_VALUE;

    /** The bytes; {@code byteBuffer()} of it is the memory itself. Null while the segment is cold. */
    UnsafeBuffer buffer;

    /** Offset behind the last frame; the segment's length until a frame had to go to the next segment. */
    int dataEnd;

    /** Of the first frame, in nanoseconds since the epoch; 0 if it has none. */
    long firstTimestamp;

    /** Whether the storage was asked to read it and has not answered. */
    boolean isAwaited;

    /** Whether it was cold and came back: see {@link WarmSegments}. */
    boolean isBack;

    /** When a cursor last came to a frame in it after it came back; {@link #UNUSED} if none did. */
    long usedAt;

    void open(UnsafeBuffer memory) {
        buffer = memory;
        dataEnd = memory.capacity();
        isAwaited = false;
        isBack = false;
    }

    void recover(int end, long timestamp) {
        dataEnd = end;
        firstTimestamp = timestamp;
    }

    void bringBack(UnsafeBuffer memory) {
        buffer = memory;
        isAwaited = false;
        isBack = true;
        usedAt = UNUSED;
    }

    void cool() {
        buffer = null;
    }
}
