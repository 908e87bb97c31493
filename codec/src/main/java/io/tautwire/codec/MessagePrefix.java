package io.tautwire.codec;

import static io.tautwire.codec.FrameDescriptor.BLOCK_OFFSET;
import static io.tautwire.codec.FrameDescriptor.FLAG_STAMPED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.MessageEncoder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * All bytes of a publication's Message frames before the body, encoded once: what is left to do for each message is one
 * copy, two numbers and the checksum. Immutable; any thread. The hot path allocates nothing:
 *
 * <pre>{@code
 * prefix.put(buffer, frame);
 * buffer.putBytes(frame + prefix.bodyOffset(), body, 0, bodyLength);
 * prefix.finish(buffer, frame, sequence, bodyLength, checksum);
 * }</pre>
 */
public final class MessagePrefix {
    private static final int SEQUENCE_OFFSET = BLOCK_OFFSET + MessageEncoder.sequenceEncodingOffset();

    private final UnsafeBuffer bytes;
    private final int bodyOffset;

    private MessagePrefix(byte[] bytes) {
        this.bytes = new UnsafeBuffer(bytes);
        this.bodyOffset = bytes.length;
    }

    /** Offset of the body from the beginning of the frame. */
    public int bodyOffset() {
        return bodyOffset;
    }

    /**
     * Length of a frame, without padding, whose body has so many bytes.
     *
     * @param bodyLength at least zero; the caller holds it, and the result, against its limit.
     * @throws ArithmeticException if the sum is more than an int holds.
     */
    public int frameLength(int bodyLength) {
        return Math.addExact(bodyOffset, bodyLength);
    }

    /** Writes everything up to the body. */
    public void put(MutableDirectBuffer buffer, int frameOffset) {
        buffer.putBytes(frameOffset, bytes, 0, bodyOffset);
    }

    /**
     * Ends a frame whose prefix and body are written: sets sequence, body length, length, flags, padding and the
     * content checksum.
     *
     * @param buffer   wraps an array or a ByteBuffer, with room for the padding.
     * @param sequence number of the command in its incarnation.
     * @param checksum the calling thread's.
     */
    public void finish(
            MutableDirectBuffer buffer, int frameOffset, long sequence, int bodyLength, FrameChecksum checksum) {
        final int length = bodyOffset + bodyLength;
        buffer.putLong(frameOffset + SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        buffer.putInt(frameOffset + bodyOffset - Integer.BYTES, bodyLength, LITTLE_ENDIAN);
        FrameDescriptor.finish(buffer, frameOffset, length, FLAG_STAMPED);
        checksum.sealContent(buffer, frameOffset, length);
    }

    /** Begins a prefix; client name, incarnation and topic are needed, the rest is empty when not given. */
    public static Builder builder() {
        return new Builder();
    }

    /** What the messages of a publication have in common. */
    public static final class Builder {
        private static final byte[] NONE = {};

        private byte[] clientName = NONE;
        private long incarnation;
        private byte[] topic = NONE;
        private byte[] correlationId = NONE;
        private byte[] replyTo = NONE;
        private Headers headers = Headers.EMPTY;

        private Builder() {}

        /** The name given at logon. */
        public Builder clientName(String clientName) {
            this.clientName = bounded(Code.NAME_INVALID, "clientName", clientName.getBytes(UTF_8));
            return this;
        }

        /** Random id of the publish store. */
        public Builder incarnation(long incarnation) {
            this.incarnation = incarnation;
            return this;
        }

        /** A topic that has been checked: see {@code io.tautwire.codec.topic.Topics}. */
        public Builder topic(String topic) {
            this.topic = bounded(Code.TOPIC_INVALID, "topic", topic.getBytes(UTF_8));
            return this;
        }

        /** Opaque bytes that an answer should carry; they are copied. */
        public Builder correlationId(byte[] correlationId) {
            this.correlationId = bounded(Code.MESSAGE_TOO_LARGE, "correlationId", correlationId.clone());
            return this;
        }

        /** The topic for an answer, checked as {@link #topic} is. */
        public Builder replyTo(String replyTo) {
            this.replyTo = bounded(Code.TOPIC_INVALID, "replyTo", replyTo.getBytes(UTF_8));
            return this;
        }

        /** Name/value pairs. */
        public Builder headers(Headers headers) {
            this.headers = headers;
            return this;
        }

        /** The prefix. */
        public MessagePrefix build() {
            final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
            final MessageEncoder encoder = new FrameWriter().begin(new MessageEncoder(), buffer, 0);
            encoder.incarnation(incarnation)
                    .putClientName(clientName, 0, clientName.length)
                    .putCorrelationId(correlationId, 0, correlationId.length)
                    .putReplyTo(replyTo, 0, replyTo.length)
                    .putHeaders(headers.buffer(), 0, headers.length())
                    .putTopic(topic, 0, topic.length)
                    .putBody(NONE, 0, 0);
            final byte[] bytes = new byte[encoder.limit()];
            buffer.getBytes(0, bytes);
            return new MessagePrefix(bytes);
        }

        private static byte[] bounded(Code code, String name, byte[] bytes) {
            if (bytes.length > FrameShape.MAX_VAR_LENGTH) {
                throw new TautwireException(
                        code, name + " has bytes=" + bytes.length + "; give at most " + FrameShape.MAX_VAR_LENGTH);
            }
            return bytes;
        }
    }
}
