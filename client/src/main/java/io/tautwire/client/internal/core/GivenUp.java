package io.tautwire.client.internal.core;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tautwire.codec.FrameDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The mark on a stored command that a server would not take for its length: in its place a Skip leaves, from then on
 * and for good, whatever a later server takes. Otherwise one sequence could stand for two things, in the journals of
 * servers that take over from each other.
 *
 * <p>It lies in the frame's stamp checksum, which is zero in a store, covered by no checksum, and never leaves with the
 * frame because a marked one does not leave. One aligned int: it is there or not, wherever the process dies.
 */
final class GivenUp {
    private GivenUp() {}

    /**
     * Marks a frame.
     *
     * @param maxFrame what the server takes, in bytes; positive.
     */
    static void mark(MutableDirectBuffer buffer, int frameOffset, int maxFrame) {
        buffer.putInt(frameOffset + FrameDescriptor.STAMP_CHECKSUM_OFFSET, maxFrame, LITTLE_ENDIAN);
    }

    /** What the server took that the frame was too long for; zero while it is not marked. */
    static int maxFrame(DirectBuffer buffer, int frameOffset) {
        return buffer.getInt(frameOffset + FrameDescriptor.STAMP_CHECKSUM_OFFSET, LITTLE_ENDIAN);
    }
}
