package io.tautwire.codec;

import static io.tautwire.codec.FrameDescriptor.BLOCK_OFFSET;
import static io.tautwire.codec.FrameDescriptor.HEADER_OFFSET;

import io.tautwire.codec.sbe.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * Puts a frame around what a generated encoder writes. One per thread; allocates nothing.
 *
 * <pre>{@code
 * writer.begin(credit, buffer, offset).subscriptionId(id).bytes(bytes);
 * offset += writer.end(credit, 0);
 * }</pre>
 */
public final class FrameWriter {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final FrameChecksum checksum = new FrameChecksum();

    /**
     * Begins a frame: writes the SBE header, clears the block, so that a field not set is zero, and wraps the encoder
     * around it. The length field is left alone until {@link #end}.
     *
     * @param buffer wraps an array or a ByteBuffer, with room for the whole frame and its padding.
     * @return the encoder, to set fields and var data.
     */
    public <E extends MessageEncoderFlyweight> E begin(E encoder, MutableDirectBuffer buffer, int frameOffset) {
        header.wrap(buffer, frameOffset + HEADER_OFFSET)
                .blockLength(encoder.sbeBlockLength())
                .templateId(encoder.sbeTemplateId())
                .schemaId(encoder.sbeSchemaId())
                .version(encoder.sbeSchemaVersion());
        buffer.setMemory(frameOffset + BLOCK_OFFSET, encoder.sbeBlockLength(), (byte) 0);
        encoder.wrap(buffer, frameOffset + BLOCK_OFFSET);
        return encoder;
    }

    /**
     * Ends the frame, when groups and all var data are written: sets length, flags, padding and content checksum.
     *
     * @param flags 0, or {@link FrameDescriptor#FLAG_STAMPED} for a template that is stamped.
     * @return bytes the frame takes up, padding included.
     */
    public int end(MessageEncoderFlyweight encoder, int flags) {
        final MutableDirectBuffer buffer = encoder.buffer();
        final int frameOffset = encoder.offset() - BLOCK_OFFSET;
        final int length = BLOCK_OFFSET + encoder.encodedLength();
        assert isWhole(encoder, frameOffset, length, flags) : "var data missing, or wrong flags=" + flags;
        final int alignedLength = FrameDescriptor.finish(buffer, frameOffset, length, flags);
        checksum.sealContent(buffer, frameOffset, length);
        return alignedLength;
    }

    private static boolean isWhole(MessageEncoderFlyweight encoder, int frameOffset, int length, int flags) {
        final FrameShape shape = FrameShape.of(encoder.sbeTemplateId());
        return shape.flags() == flags && shape.fits(encoder.buffer(), frameOffset, length);
    }
}
