package io.tautwire.codec;

import static io.tautwire.codec.FrameDescriptor.BLOCK_OFFSET;
import static io.tautwire.codec.FrameDescriptor.FLAG_STAMPED;
import static io.tautwire.codec.FrameDescriptor.MIN_LENGTH;
import static io.tautwire.codec.FrameDescriptor.STAMP_END_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

/**
 * Cuts bytes from outside into frames and validates them, once, so that nothing behind it has to: length, schema,
 * version, flags, both checksums, padding, and that block, group and var data make up exactly the frame. What fields
 * <em>say</em> (topics, sequences, codes) is for their readers to judge.
 *
 * <p>All checks are made whatever {@code agrona.disable.bounds.checks} says, and no byte outside the given range is
 * read. One instance serves one connection, on one thread. Allocates nothing but the exception that ends the session.
 */
public final class FrameReader {
    private final FrameChecksum checksum = new FrameChecksum();
    private int maxFrame;
    private int requiredBytes;
    private long skippedFrames;

    /**
     * A reader with a limit.
     *
     * @param maxFrame longest frame to accept, in bytes without padding.
     */
    public FrameReader(int maxFrame) {
        maxFrame(maxFrame);
    }

    /**
     * Changes the limit, from the next frame on; may be called by the handler.
     *
     * @param maxFrame longest frame to accept, in bytes without padding.
     * @throws IllegalArgumentException if it is not within {@link FrameDescriptor#MIN_LENGTH} and
     *                                  {@link FrameDescriptor#MAX_LENGTH}.
     */
    public void maxFrame(int maxFrame) {
        if (maxFrame < MIN_LENGTH || maxFrame > FrameDescriptor.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "maxFrame=" + maxFrame + " is not within " + MIN_LENGTH + " and " + FrameDescriptor.MAX_LENGTH);
        }
        this.maxFrame = maxFrame;
    }

    /**
     * Reads all whole frames. Those of unknown templates are verified, counted and skipped.
     *
     * @param offset where a frame begins.
     * @param length bytes there are; what is left over is to be given again, with more behind it.
     * @return bytes consumed: whole frames with their padding.
     * @throws ProtocolException if a frame is invalid. The frames before it have been handled; none after it may be.
     */
    public int read(DirectBuffer buffer, int offset, int length, FrameHandler handler) {
        int consumed = 0;
        requiredBytes = 0;
        boolean more = true;
        while (more && consumed < length) {
            final int frame = offset + consumed;
            final int available = length - consumed;
            final int alignedLength = available < Integer.BYTES ? MIN_LENGTH : alignedLength(buffer, frame);
            if (available < alignedLength) {
                requiredBytes = alignedLength;
                break;
            }
            more = onWhole(buffer, frame, alignedLength, handler);
            consumed += alignedLength;
        }
        return consumed;
    }

    /**
     * After {@link #read}: the bytes that the frame left over takes up, padding included, as far as is known; zero when
     * none is, or when the handler stopped. At most the limit, aligned.
     */
    public int requiredBytes() {
        return requiredBytes;
    }

    /** Frames skipped so far because their template is unknown to this version. */
    public long skippedFrames() {
        return skippedFrames;
    }

    private int alignedLength(DirectBuffer buffer, int frame) {
        final int length = FrameDescriptor.length(buffer, frame);
        if (length < MIN_LENGTH) {
            throw new ProtocolException(Code.PROTOCOL_ERROR, "frame length=" + length + ", the least is " + MIN_LENGTH);
        }
        if (length > maxFrame) {
            throw new ProtocolException(
                    Code.FRAME_TOO_LARGE, "frame length=" + length + ", the limit is maxFrame=" + maxFrame);
        }
        return FrameDescriptor.aligned(length);
    }

    private boolean onWhole(DirectBuffer buffer, int frame, int alignedLength, FrameHandler handler) {
        final int length = FrameDescriptor.length(buffer, frame);
        final int templateId = FrameDescriptor.templateId(buffer, frame);
        final FrameShape shape = FrameShape.of(templateId);
        checkHeader(buffer, frame, length, shape);
        checkPadding(buffer, frame, length, alignedLength);
        checkChecksums(buffer, frame, length);
        if (shape == null) {
            skippedFrames++;
            return true;
        }
        if (!shape.fits(buffer, frame, length)) {
            throw fault(buffer, frame, "block, group and var data do not make up the frame");
        }
        return handler.onFrame(templateId, buffer, frame, length);
    }

    private static void checkHeader(DirectBuffer buffer, int frame, int length, FrameShape shape) {
        if (FrameDescriptor.schemaId(buffer, frame) != MessageHeaderDecoder.SCHEMA_ID) {
            throw fault(buffer, frame, "not of schemaId=" + MessageHeaderDecoder.SCHEMA_ID);
        }
        if (FrameDescriptor.version(buffer, frame) == 0) {
            throw fault(buffer, frame, "versions begin at 1");
        }
        final int flags = FrameDescriptor.flags(buffer, frame);
        // A flag may change what the other bytes mean, so one that is not known cannot be passed over.
        if (shape == null ? (flags & ~FLAG_STAMPED) != 0 : flags != shape.flags()) {
            throw fault(buffer, frame, "flags=" + flags + " are not the template's");
        }
        final int blockEnd = BLOCK_OFFSET + FrameDescriptor.blockLength(buffer, frame);
        if (blockEnd > length || (flags & FLAG_STAMPED) != 0 && blockEnd < STAMP_END_OFFSET) {
            throw fault(buffer, frame, "the block does not fit");
        }
    }

    /** What lies between a frame's end and the next one is no place to hide bytes that no checksum covers. */
    private static void checkPadding(DirectBuffer buffer, int frame, int length, int alignedLength) {
        final int padding = alignedLength - length;
        if (padding != 0) {
            final long last = buffer.getLong(frame + alignedLength - Long.BYTES, LITTLE_ENDIAN);
            if (last >>> (Long.SIZE - padding * Byte.SIZE) != 0) {
                throw fault(buffer, frame, "the padding is not zero");
            }
        }
    }

    private void checkChecksums(DirectBuffer buffer, int frame, int length) {
        if (!checksum.isContentIntact(buffer, frame, length)) {
            throw mismatch(buffer, frame, "content");
        }
        if (!FrameDescriptor.isStampClear(buffer, frame)
                && !(FrameDescriptor.isStamped(buffer, frame) && checksum.isStampIntact(buffer, frame))) {
            throw mismatch(buffer, frame, "stamp");
        }
    }

    private static ProtocolException mismatch(DirectBuffer buffer, int frame, String which) {
        return new ProtocolException(Code.CHECKSUM_MISMATCH, which + " checksum of " + describe(buffer, frame));
    }

    private static ProtocolException fault(DirectBuffer buffer, int frame, String what) {
        return new ProtocolException(Code.PROTOCOL_ERROR, what + ": " + describe(buffer, frame));
    }

    private static String describe(DirectBuffer buffer, int frame) {
        return "frame length=" + FrameDescriptor.length(buffer, frame)
                + " templateId=" + FrameDescriptor.templateId(buffer, frame)
                + " schemaId=" + FrameDescriptor.schemaId(buffer, frame)
                + " version=" + FrameDescriptor.version(buffer, frame)
                + " blockLength=" + FrameDescriptor.blockLength(buffer, frame);
    }
}
