package io.tautwire.system.sim;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessageView;
import org.agrona.DirectBuffer;

/**
 * One message as it lies in a journal.
 *
 * @param position   of its first byte.
 * @param end        where the next frame begins.
 * @param bodyLength bytes.
 * @param bodyByte   the byte that all of the body consists of; zero when it is empty.
 */
record Entry(long position, long end, long incarnation, long sequence, String topic, int bodyLength, byte bodyByte) {
    /** Reads a stamped Message frame. */
    static Entry of(MessageView message, DirectBuffer buffer, int offset, long position) {
        message.wrap(buffer, offset);
        return new Entry(
                position,
                position + FrameDescriptor.aligned(FrameDescriptor.length(buffer, offset)),
                message.incarnation(),
                message.sequence(),
                message.topic(),
                message.bodyLength(),
                message.bodyLength() == 0 ? 0 : buffer.getByte(message.bodyOffset()));
    }

    @Override
    public String toString() {
        return "message position=" + position + " incarnation=" + Long.toHexString(incarnation) + " sequence="
                + sequence + " topic=" + topic;
    }
}
