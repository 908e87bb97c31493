package io.tautwire.codec;

import org.agrona.DirectBuffer;

/** Receives the frames that a {@link FrameReader} has validated. */
@FunctionalInterface
public interface FrameHandler {
    /**
     * One valid frame of a known template.
     *
     * @param templateId SBE template id.
     * @param buffer     holds the frame; valid during the call.
     * @param offset     where the frame begins: its SBE header is {@link FrameDescriptor#HEADER_OFFSET} bytes further.
     * @param length     of the frame in bytes, without the padding.
     * @return whether to go on; false stops after this frame, which counts as consumed.
     */
    boolean onFrame(int templateId, DirectBuffer buffer, int offset, int length);
}
