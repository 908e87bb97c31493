package io.tautwire.journal.recovery;

import org.agrona.DirectBuffer;

/**
 * What makes a frame one of this journal, beyond being whole: bytes that look like a frame may lie in a message's body,
 * or be left over from what was never committed. A rule serves one recovery.
 */
public interface FrameRule {
    /** For a server's journal: frames are stamped, each with its own position. */
    static FrameRule stamped() {
        return new StampedFrames();
    }

    /** For a publish store: commands of its incarnation, their sequences rising by one. */
    static FrameRule commands(long incarnation) {
        return new CommandFrames(incarnation);
    }

    /**
     * Whether the frame follows those taken before; if so it is taken. Asked once for each frame, in order.
     *
     * @param position where it lies.
     * @param length   of the frame in bytes, without padding; its checksums are right.
     */
    boolean take(long position, DirectBuffer buffer, int offset, int length);

    /**
     * Whether the bytes, if they are a whole frame, can be one that was appended some way behind those taken. Asked
     * before the checksums are verified, of anything.
     *
     * @param position where it lies.
     * @param length   at least {@link io.tautwire.codec.FrameDescriptor#MIN_LENGTH}, and so many bytes are there.
     */
    boolean isLater(long position, DirectBuffer buffer, int offset, int length);
}
