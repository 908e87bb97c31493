package io.tautwire.journal.recovery;

import org.agrona.DirectBuffer;

/** Sees every frame that a recovery finds to be whole, in order, so that views are rebuilt in the same reading. */
@FunctionalInterface
public interface FrameVisitor {
    /** Looks at nothing. */
    FrameVisitor NONE = (position, buffer, offset, length, templateId) -> {};

    /**
     * A whole frame. Those of the segment that the head lies in come from its begin on, below the head too.
     *
     * @param position   in the journal.
     * @param buffer     valid during the call.
     * @param offset     of the frame in the buffer.
     * @param length     of the frame in bytes, without padding.
     * @param templateId of the frame; perhaps one that this version does not know.
     */
    void onFrame(long position, DirectBuffer buffer, int offset, int length, int templateId);
}
