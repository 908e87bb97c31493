package io.tautwire.benchmarks;

import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessagePrefix;
import io.tautwire.codec.MessageView;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Message frames of one length, side by side in direct memory, as a publisher's batch on the wire. */
final class Frames {
    static final String CLIENT = "publisher";
    static final long INCARNATION = 0x7457_6972_65L;
    static final String TOPIC = "trades/BTCUSD";

    final MessagePrefix prefix = MessagePrefix.builder()
            .clientName(CLIENT)
            .incarnation(INCARNATION)
            .topic(TOPIC)
            .build();
    final UnsafeBuffer body;
    final UnsafeBuffer buffer;
    final int count;
    final int frameLength;
    final int alignedLength;

    private final FrameChecksum checksum = new FrameChecksum();
    private long sequence;

    Frames(int count, int bodyLength) {
        this.count = count;
        body = new UnsafeBuffer(ByteBuffer.allocateDirect(bodyLength));
        for (int i = 0; i < bodyLength; i++) {
            body.putByte(i, (byte) ('a' + i % 26));
        }
        frameLength = prefix.frameLength(bodyLength);
        alignedLength = FrameDescriptor.aligned(frameLength);
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(count * alignedLength));
        for (int i = 0; i < count; i++) {
            encode(i);
        }
    }

    /** Writes all of a frame, with the next sequence. */
    void encode(int index) {
        final int at = index * alignedLength;
        prefix.put(buffer, at);
        buffer.putBytes(at + prefix.bodyOffset(), body, 0, body.capacity());
        prefix.finish(buffer, at, ++sequence, body.capacity(), checksum);
    }

    /** Gives all frames the next sequences, and seals them again: what a fresh batch costs at the least. */
    void renumber() {
        renumber(buffer, 0);
    }

    private void renumber(UnsafeBuffer copy, int offset) {
        for (int at = offset; at < offset + count * alignedLength; at += alignedLength) {
            prefix.finish(copy, at, ++sequence, body.capacity(), checksum);
        }
    }

    /** As {@link #renumber()}, in a copy of the frames that a server has stamped, each where it was. */
    void renumberStamped(UnsafeBuffer copy, int offset) {
        renumber(copy, offset);
        for (int at = offset; at < offset + count * alignedLength; at += alignedLength) {
            final MessageView message = new MessageView().wrap(copy, at);
            checksum.stamp(copy, at, message.position(), message.timestamp());
        }
    }

    /** The last sequence given out. */
    long lastSequence() {
        return sequence;
    }
}
