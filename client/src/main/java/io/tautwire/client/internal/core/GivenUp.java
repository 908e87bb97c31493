package io.tautwire.client.internal.core;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The mark on a stored command that was too long for a server: in its place a Skip leaves, from then on and for good,
 * whatever a later server takes. Otherwise one sequence could stand for two things, in the journals of servers that
 * take over from each other.
 *
 * <p>The mark is the stamp checksum of the zero stamp that every stored command has. It is zero without the mark: both
 * are sound to whoever verifies frames, and nothing lies between them, wherever the process dies, for it is one aligned
 * int. It never leaves with the frame, because a marked one does not leave.
 */
final class GivenUp {
    private GivenUp() {}

    /** Marks a frame. */
    static void mark(MutableDirectBuffer buffer, int frameOffset, FrameChecksum checksum) {
        checksum.stamp(buffer, frameOffset, 0, 0);
    }

    /** Whether a frame is marked. No length up to the longest frame's has a checksum of zero. */
    static boolean isMarked(DirectBuffer buffer, int frameOffset) {
        return buffer.getInt(frameOffset + FrameDescriptor.STAMP_CHECKSUM_OFFSET, LITTLE_ENDIAN) != 0;
    }
}
