package io.tautwire.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/**
 * Netty's view of the memory that one connection writes from, without copying. A connection writes from few memories
 * (its output buffer, the segments of a journal), so the views of the last ones are kept: steady use allocates none.
 * One that was not used for {@value #KEPT_WRITES} writes is let go, for it keeps its memory from being freed.
 *
 * <p>A view may be used again only when the write before has ended. So one write at a time.
 */
final class WriteViews {
    /** Writes that a view outlives without being used. */
    static final int KEPT_WRITES = 256;

    private static final int SLOTS = 8;

    private final ByteBuffer[] memories = new ByteBuffer[SLOTS];
    private final ByteBuf[] views = new ByteBuf[SLOTS];
    private final int[] usedAt = new int[SLOTS];
    private int writes;
    private int nextSlot;

    /**
     * A view of the bytes, to be released by the write. Arrays are wrapped anew each time, and copied by Netty on their
     * way out.
     *
     * @throws IllegalArgumentException if the buffer wraps a bare address.
     */
    ByteBuf view(DirectBuffer buffer, int offset, int length) {
        buffer.boundsCheck(offset, length);
        final int start = offset + buffer.wrapAdjustment();
        if (buffer.byteArray() != null) {
            return Unpooled.wrappedBuffer(buffer.byteArray(), start, length);
        }
        if (buffer.byteBuffer() == null) {
            throw new IllegalArgumentException("buffer wraps a bare address; wrap an array or a ByteBuffer");
        }
        forgetUnused(++writes & (SLOTS - 1));
        return viewOf(buffer.byteBuffer()).setIndex(start, start + length).retain();
    }

    /** Forgets all memory. */
    void clear() {
        for (int i = 0; i < SLOTS; i++) {
            memories[i] = null;
            views[i] = null;
        }
    }

    private void forgetUnused(int slot) {
        if (writes - usedAt[slot] > KEPT_WRITES) {
            memories[slot] = null;
            views[slot] = null;
        }
    }

    private ByteBuf viewOf(ByteBuffer memory) {
        for (int i = 0; i < SLOTS; i++) {
            if (memories[i] == memory) {
                usedAt[i] = writes;
                return views[i];
            }
        }
        final int slot = nextSlot;
        nextSlot = (slot + 1) % SLOTS;
        memories[slot] = memory;
        usedAt[slot] = writes;
        views[slot] = Unpooled.wrappedBuffer(memory.duplicate().clear());
        return views[slot];
    }
}
