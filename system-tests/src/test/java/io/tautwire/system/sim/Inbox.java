package io.tautwire.system.sim;

import io.tautwire.transport.wire.WireHandler;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Bytes that have come and are not consumed yet. */
final class Inbox {
    private UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocate(4 * 1024));
    private int length;

    void add(byte[] piece) {
        if (length + piece.length > buffer.capacity()) {
            final UnsafeBuffer larger = new UnsafeBuffer(ByteBuffer.allocate((length + piece.length) * 2));
            larger.putBytes(0, buffer, 0, length);
            buffer = larger;
        }
        buffer.putBytes(length, piece);
        length += piece.length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Has a handler consume what it will. */
    void give(WireHandler handler, String name) {
        final int consumed = handler.onBytes(buffer, 0, length);
        Broken.unless(
                consumed >= 0 && consumed <= length,
                Promise.NO_SURPRISE,
                () -> name + " consumed=" + consumed + " of " + length);
        length -= consumed;
        buffer.putBytes(0, buffer, consumed, length);
        handler.onBatchEnd();
    }
}
