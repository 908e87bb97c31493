package io.tautwire.codec;

import static io.tautwire.codec.FrameDescriptor.BLOCK_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tautwire.codec.sbe.MessageDecoder;
import org.agrona.DirectBuffer;

/**
 * Flyweight over a Message frame that a {@link FrameReader} has validated, or that comes from a journal: it checks
 * nothing itself. Finds all var data once, so fields may be read in any order. All offsets are the buffer's.
 *
 * <p>One thread at a time; valid as long as the buffer's bytes are. Allocates only where it returns a String.
 */
public final class MessageView {
    private static final int INCARNATION_OFFSET = BLOCK_OFFSET + MessageDecoder.incarnationEncodingOffset();
    private static final int SEQUENCE_OFFSET = BLOCK_OFFSET + MessageDecoder.sequenceEncodingOffset();

    private DirectBuffer buffer;
    private int frameOffset;
    private int clientNameOffset;
    private int correlationIdOffset;
    private int replyToOffset;
    private int headersOffset;
    private int topicOffset;
    private int bodyOffset;

    /** Moves to the Message frame that begins at an offset. */
    public MessageView wrap(DirectBuffer buffer, int frameOffset) {
        this.buffer = buffer;
        this.frameOffset = frameOffset;
        final int blockEnd = frameOffset + BLOCK_OFFSET + FrameDescriptor.blockLength(buffer, frameOffset);
        clientNameOffset = blockEnd + Short.BYTES;
        correlationIdOffset = afterVar(clientNameOffset) + Short.BYTES;
        replyToOffset = afterVar(correlationIdOffset) + Short.BYTES;
        headersOffset = afterVar(replyToOffset) + Short.BYTES;
        topicOffset = afterVar(headersOffset) + Short.BYTES;
        bodyOffset = afterVar(topicOffset) + Integer.BYTES;
        return this;
    }

    /** What this looks at. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Where the frame begins. */
    public int frameOffset() {
        return frameOffset;
    }

    /** Length of the frame in bytes, without padding. */
    public int frameLength() {
        return FrameDescriptor.length(buffer, frameOffset);
    }

    /** Byte offset of the message in the server's journal; zero when not stamped yet. */
    public long position() {
        return FrameDescriptor.position(buffer, frameOffset);
    }

    /** When the server appended it, in nanoseconds since the epoch; zero when not stamped yet. */
    public long timestamp() {
        return FrameDescriptor.timestamp(buffer, frameOffset);
    }

    /** Random id of the publish store. */
    public long incarnation() {
        return buffer.getLong(frameOffset + INCARNATION_OFFSET, LITTLE_ENDIAN);
    }

    /** Number of the command within its incarnation. */
    public long sequence() {
        return buffer.getLong(frameOffset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    /** Where the client name begins. */
    public int clientNameOffset() {
        return clientNameOffset;
    }

    /** Bytes of the client name. */
    public int clientNameLength() {
        return varLength(clientNameOffset);
    }

    /** Who published. */
    public String clientName() {
        return text(clientNameOffset);
    }

    /** Whether these are the bytes of the client name. */
    public boolean clientNameEquals(byte[] utf8) {
        return Bytes.equal(buffer, clientNameOffset, clientNameLength(), utf8);
    }

    /** Where the correlation id begins. */
    public int correlationIdOffset() {
        return correlationIdOffset;
    }

    /** Bytes of the correlation id; zero when absent. */
    public int correlationIdLength() {
        return varLength(correlationIdOffset);
    }

    /** Where the topic for an answer begins. */
    public int replyToOffset() {
        return replyToOffset;
    }

    /** Bytes of the topic for an answer; zero when absent. */
    public int replyToLength() {
        return varLength(replyToOffset);
    }

    /** The topic for an answer; empty when absent. */
    public String replyTo() {
        return text(replyToOffset);
    }

    /** Where the headers begin; see {@link HeadersView}. */
    public int headersOffset() {
        return headersOffset;
    }

    /** Bytes of the headers; zero when there are none. */
    public int headersLength() {
        return varLength(headersOffset);
    }

    /** Where the topic begins. */
    public int topicOffset() {
        return topicOffset;
    }

    /** Bytes of the topic. */
    public int topicLength() {
        return varLength(topicOffset);
    }

    /** The topic. */
    public String topic() {
        return text(topicOffset);
    }

    /** Where the body begins. */
    public int bodyOffset() {
        return bodyOffset;
    }

    /** Bytes of the body. */
    public int bodyLength() {
        return buffer.getInt(bodyOffset - Integer.BYTES, LITTLE_ENDIAN);
    }

    private int afterVar(int offset) {
        return offset + varLength(offset);
    }

    private int varLength(int offset) {
        return buffer.getShort(offset - Short.BYTES, LITTLE_ENDIAN) & 0xFFFF;
    }

    private String text(int offset) {
        return Bytes.text(buffer, offset, varLength(offset));
    }
}
