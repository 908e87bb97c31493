package io.tautwire.codec;

import static io.tautwire.codec.FrameDescriptor.MIN_LENGTH;

import io.tautwire.codec.sbe.Code;
import org.agrona.DirectBuffer;

/**
 * Cuts bytes from outside into frames and validates them, once, so that nothing behind it has to: their length, and
 * everything that {@link FrameCheck} holds them to. What fields <em>say</em> (topics, sequences, codes) is for their
 * readers to judge.
 *
 * <p>All checks are made whatever {@code agrona.disable.bounds.checks} says, and no byte outside the given range is
 * read. One instance serves one connection, on one thread. Allocates nothing but the exception that ends the session.
 */
public final class FrameReader {
    private final FrameCheck check = new FrameCheck();
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
            more = onWhole(buffer, frame, handler);
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

    private boolean onWhole(DirectBuffer buffer, int frame, FrameHandler handler) {
        final int length = FrameDescriptor.length(buffer, frame);
        final int templateId = FrameDescriptor.templateId(buffer, frame);
        final FrameFault fault = check.fault(buffer, frame, length);
        if (fault != null) {
            throw new ProtocolException(fault.code(), fault.text() + ": " + FrameCheck.describe(buffer, frame));
        }
        if (FrameShape.of(templateId) == null) {
            skippedFrames++;
            return true;
        }
        return handler.onFrame(templateId, buffer, frame, length);
    }
}
