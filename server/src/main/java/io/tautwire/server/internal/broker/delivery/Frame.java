package io.tautwire.server.internal.broker.delivery;

import io.tautwire.codec.FrameDescriptor;
import org.agrona.DirectBuffer;

/** Flyweight over a frame where it lies in the journal; valid until the next append. */
public final class Frame {
    private DirectBuffer buffer;
    private int offset;
    private int length;
    private long position;

    /** Moves to a frame. */
    public Frame wrap(DirectBuffer buffer, int offset, int length, long position) {
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        this.position = position;
        return this;
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    /** Bytes without padding. */
    int length() {
        return length;
    }

    /** Bytes with padding: what is copied, and what credit counts. */
    int alignedLength() {
        return FrameDescriptor.aligned(length);
    }

    long position() {
        return position;
    }

    /** Where the frame's padding ends. */
    long end() {
        return position + alignedLength();
    }
}
