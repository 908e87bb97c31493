package io.tautwire.server.internal.broker.publisher;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.FrameWriter;
import io.tautwire.codec.sbe.PublisherEncoder;
import io.tautwire.codec.sbe.PublisherState;
import io.tautwire.codec.sbe.RefusedEncoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** Encodes what a server's journal says of publishers besides their commands: one frame at a time, not stamped yet. */
public final class PublisherFrames {
    private static final int MAX_REASON_CHARS = 512;

    private final FrameWriter writer = new FrameWriter();
    private final MutableDirectBuffer scratch = new ExpandableArrayBuffer(1024);
    private final PublisherEncoder state = new PublisherEncoder();
    private final RefusedEncoder refused = new RefusedEncoder();

    /** Commands of this publisher follow. */
    public int open(Publisher publisher) {
        return state(publisher, PublisherState.OPEN);
    }

    /** No more commands of this publisher follow, and nobody will ask about it. */
    public int closed(Publisher publisher) {
        return state(publisher, PublisherState.CLOSED);
    }

    /**
     * A command was refused.
     *
     * @param code number of a code, which this version need not know.
     */
    public int refused(Publisher publisher, long sequence, int code, String reason) {
        final Identity identity = publisher.identity();
        writer.begin(refused, scratch, 0).incarnation(identity.incarnation()).sequence(sequence);
        scratch.putShort(
                refused.offset() + RefusedEncoder.codeEncodingOffset(), (short) code, RefusedEncoder.BYTE_ORDER);
        final boolean isShort = reason.length() <= MAX_REASON_CHARS;
        refused.clientName(identity.clientName()).reason(isShort ? reason : reason.substring(0, MAX_REASON_CHARS));
        writer.end(refused, FrameDescriptor.FLAG_STAMPED);
        return FrameDescriptor.length(scratch, 0);
    }

    /** Holds the frame encoded last, from 0 on; its length without padding was returned. */
    public DirectBuffer buffer() {
        return scratch;
    }

    private int state(Publisher publisher, PublisherState says) {
        final Identity identity = publisher.identity();
        writer.begin(state, scratch, 0)
                .incarnation(identity.incarnation())
                .lastSequence(publisher.lastSequence())
                .state(says)
                .clientName(identity.clientName())
                .user(identity.user());
        writer.end(state, FrameDescriptor.FLAG_STAMPED);
        return FrameDescriptor.length(scratch, 0);
    }
}
