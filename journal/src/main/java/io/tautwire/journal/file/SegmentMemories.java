package io.tautwire.journal.file;

import static io.tautwire.codec.sbe.Code.STORAGE_FULL;

import io.tautwire.TautwireException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Memory for segments that is not the file's own: at most so many are out at a time, and those that come back are used
 * again. For one thread.
 */
final class SegmentMemories {
    private final ArrayDeque<UnsafeBuffer> free = new ArrayDeque<>();
    private final int segmentLength;
    private final int max;
    private int out;

    SegmentMemories(int segmentLength, int max) {
        this.segmentLength = segmentLength;
        this.max = max;
    }

    boolean isExhausted() {
        return out == max;
    }

    /**
     * Zeros of a segment's length, until they are given back.
     *
     * @throws TautwireException STORAGE_FULL if the system has no memory.
     */
    UnsafeBuffer take() {
        UnsafeBuffer memory = free.pollFirst();
        if (memory == null) {
            memory = allocate();
        } else {
            memory.setMemory(0, segmentLength, (byte) 0);
        }
        out++;
        return memory;
    }

    void giveBack(UnsafeBuffer memory) {
        out--;
        free.addFirst(memory);
    }

    private UnsafeBuffer allocate() {
        try {
            return new UnsafeBuffer(ByteBuffer.allocateDirect(segmentLength));
        } catch (OutOfMemoryError e) {
            throw new TautwireException(
                    STORAGE_FULL,
                    "no direct memory: segmentLength=" + segmentLength + " segments=" + out
                            + "; raise -XX:MaxDirectMemorySize or configure shorter segments",
                    e);
        }
    }
}
