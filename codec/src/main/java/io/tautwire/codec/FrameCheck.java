package io.tautwire.codec;

import static io.tautwire.codec.FrameDescriptor.BLOCK_OFFSET;
import static io.tautwire.codec.FrameDescriptor.FLAG_STAMPED;
import static io.tautwire.codec.FrameDescriptor.STAMP_END_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tautwire.codec.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

/**
 * Validates a frame that is there in full: schema, version, flags, padding, both checksums, and that block, group and
 * var data make up exactly the frame. A frame of a template that this version does not know is held to all but the
 * last. What fields <em>say</em> is for their readers to judge.
 *
 * <p>One instance serves one thread. Allocates nothing. Reads nothing outside the frame and its padding.
 */
public final class FrameCheck {
    private final FrameChecksum checksum = new FrameChecksum();

    /**
     * What is wrong with a frame; null if nothing is.
     *
     * @param buffer wraps an array or a ByteBuffer, and holds the frame with its padding.
     * @param length of the frame in bytes, without padding; at least {@link FrameDescriptor#MIN_LENGTH}.
     */
    public FrameFault fault(DirectBuffer buffer, int offset, int length) {
        final FrameShape shape = FrameShape.of(FrameDescriptor.templateId(buffer, offset));
        FrameFault fault = faultOfHeader(buffer, offset, length, shape);
        if (fault == null && !isPaddingZero(buffer, offset, length)) {
            fault = FrameFault.PADDING;
        }
        if (fault == null) {
            fault = faultOfChecksums(buffer, offset, length);
        }
        if (fault == null && shape != null && !shape.fits(buffer, offset, length)) {
            fault = FrameFault.SHAPE;
        }
        return fault;
    }

    /** The frame's header in words, for messages. Allocates. */
    public static String describe(DirectBuffer buffer, int offset) {
        return "frame length=" + FrameDescriptor.length(buffer, offset)
                + " flags=" + FrameDescriptor.flags(buffer, offset)
                + " templateId=" + FrameDescriptor.templateId(buffer, offset)
                + " schemaId=" + FrameDescriptor.schemaId(buffer, offset)
                + " version=" + FrameDescriptor.version(buffer, offset)
                + " blockLength=" + FrameDescriptor.blockLength(buffer, offset);
    }

    private static FrameFault faultOfHeader(DirectBuffer buffer, int offset, int length, FrameShape shape) {
        if (FrameDescriptor.schemaId(buffer, offset) != MessageHeaderDecoder.SCHEMA_ID) {
            return FrameFault.SCHEMA;
        }
        if (FrameDescriptor.version(buffer, offset) == 0) {
            return FrameFault.VERSION;
        }
        final int flags = FrameDescriptor.flags(buffer, offset);
        // A flag may change what the other bytes mean, so one that is not known cannot be passed over.
        if (shape == null ? (flags & ~FLAG_STAMPED) != 0 : flags != shape.flags()) {
            return FrameFault.FLAGS;
        }
        final int blockEnd = BLOCK_OFFSET + FrameDescriptor.blockLength(buffer, offset);
        final boolean fits = blockEnd <= length && ((flags & FLAG_STAMPED) == 0 || blockEnd >= STAMP_END_OFFSET);
        return fits ? null : FrameFault.BLOCK;
    }

    /** What lies between a frame's end and the next one is no place to hide bytes that no checksum covers. */
    private static boolean isPaddingZero(DirectBuffer buffer, int offset, int length) {
        final int alignedLength = FrameDescriptor.aligned(length);
        final int padding = alignedLength - length;
        if (padding == 0) {
            return true;
        }
        final long last = buffer.getLong(offset + alignedLength - Long.BYTES, LITTLE_ENDIAN);
        return last >>> (Long.SIZE - padding * Byte.SIZE) == 0;
    }

    private FrameFault faultOfChecksums(DirectBuffer buffer, int offset, int length) {
        if (!checksum.isContentIntact(buffer, offset, length)) {
            return FrameFault.CONTENT;
        }
        final boolean isStampSound = FrameDescriptor.isStampClear(buffer, offset)
                || FrameDescriptor.isStamped(buffer, offset) && checksum.isStampIntact(buffer, offset);
        return isStampSound ? null : FrameFault.STAMP;
    }
}
