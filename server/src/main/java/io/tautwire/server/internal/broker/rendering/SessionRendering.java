package io.tautwire.server.internal.broker.rendering;

import io.tautwire.codec.FrameDescriptor;
import org.agrona.DirectBuffer;

/** Renders for one session: by its message type, and no longer than it takes. */
public final class SessionRendering {
    /** Rendering a byte, in and out, takes about as long as copying so many. */
    private static final int COST_PER_BYTE = 4;

    private final MessageRenderer shared;
    private final BodyRenderer renderer;
    private final int maxFrame;
    private int frameLength;
    private int cost;

    SessionRendering(MessageRenderer shared, BodyRenderer renderer, int maxFrame) {
        this.shared = shared;
        this.renderer = renderer;
        this.maxFrame = maxFrame;
    }

    /** No rendered frame is longer, and no longer one is looked at; in bytes. */
    public int maxFrame() {
        return maxFrame;
    }

    /**
     * Renders a message that lies in the journal.
     *
     * @return false when it is to be delivered as it was published.
     */
    public boolean render(DirectBuffer buffer, int frameOffset) {
        final int publishedLength = FrameDescriptor.length(buffer, frameOffset);
        if (publishedLength > maxFrame) {
            return false;
        }
        frameLength = shared.render(buffer, frameOffset, renderer, maxFrame);
        final int written = frameLength < 0 ? ~frameLength : frameLength;
        cost += COST_PER_BYTE * Math.max(publishedLength, written);
        return frameLength >= 0;
    }

    /** The frame of the message rendered last, from 0 on; valid until the next, of any session. */
    public DirectBuffer frame() {
        return shared.rendered();
    }

    /** Bytes of {@link #frame()}, padding included. */
    public int alignedLength() {
        return FrameDescriptor.aligned(frameLength);
    }

    /** What rendering took since this was asked last, in bytes that could have been copied meanwhile. */
    public int takeCost() {
        final int taken = cost;
        cost = 0;
        return taken;
    }
}
