package io.tautwire.journal.recovery;

import static io.tautwire.codec.FrameDescriptor.STAMP_END_OFFSET;

import io.tautwire.codec.FrameDescriptor;
import org.agrona.DirectBuffer;

/** Frames that carry their own position, put there by the server that appended them. */
final class StampedFrames implements FrameRule {
    @Override
    public boolean take(long position, DirectBuffer buffer, int offset, int length) {
        return isLater(position, buffer, offset, length);
    }

    /** The position is covered by the stamp checksum, which a frame that is whole has either right or clear. */
    @Override
    public boolean isLater(long position, DirectBuffer buffer, int offset, int length) {
        return length >= STAMP_END_OFFSET
                && FrameDescriptor.isStamped(buffer, offset)
                && FrameDescriptor.position(buffer, offset) == position
                && !FrameDescriptor.isStampClear(buffer, offset);
    }
}
