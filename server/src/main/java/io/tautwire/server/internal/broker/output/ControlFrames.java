package io.tautwire.server.internal.broker.output;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.FrameWriter;
import io.tautwire.codec.sbe.AckEncoder;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.DeliverEncoder;
import io.tautwire.codec.sbe.DeliverEncoder.SubscriptionsEncoder;
import io.tautwire.codec.sbe.GoodbyeEncoder;
import io.tautwire.codec.sbe.HeartbeatEncoder;
import io.tautwire.codec.sbe.LogonChallengeEncoder;
import io.tautwire.codec.sbe.NoticeEncoder;
import io.tautwire.codec.sbe.NoticeKind;
import io.tautwire.codec.sbe.RejectEncoder;
import io.tautwire.codec.sbe.SubscribeReplyEncoder;
import java.util.function.LongSupplier;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * Encodes what the broker says besides messages. One for all sessions of a broker.
 *
 * <p>A frame is encoded in an array first and then copied: frames are small, their length is known only then, and a
 * checksum over an array needs no view of the memory, of which each session has two.
 */
public final class ControlFrames {
    /** No {@link #ack}, nor a {@link #subscribeReply} with a {@link #notice}, is longer. */
    public static final int MAX_DEFERRABLE = 2048;

    private static final int MAX_TEXT_CHARS = 512;

    private final FrameWriter writer = new FrameWriter();
    private final MutableDirectBuffer scratch = new ExpandableArrayBuffer(1024);

    /**
     * Apart, because an envelope is sealed when the control frame that ends it is encoded already. Nor is it encoded in
     * the output, where the checksum would need a new view, which is garbage, for nearly every envelope.
     */
    private final MutableDirectBuffer envelopeScratch = new ExpandableArrayBuffer(1024);

    private final LongSupplier journalTail;

    private final AckEncoder ack = new AckEncoder();
    private final DeliverEncoder deliver = new DeliverEncoder();
    private final GoodbyeEncoder goodbye = new GoodbyeEncoder();
    private final HeartbeatEncoder heartbeat = new HeartbeatEncoder();
    private final LogonChallengeEncoder challenge = new LogonChallengeEncoder();
    private final NoticeEncoder notice = new NoticeEncoder();
    private final RejectEncoder reject = new RejectEncoder();
    private final SubscribeReplyEncoder subscribeReply = new SubscribeReplyEncoder();

    /**
     * Encoders for one broker.
     *
     * @param journalTail position behind the last message appended.
     */
    public ControlFrames(LongSupplier journalTail) {
        this.journalTail = journalTail;
    }

    /**
     * Says what became of a range of commands.
     *
     * @param code number of a code, which this version need not know.
     */
    public void ack(SessionOutput out, long from, long to, int code, AckLevel level, String reason) {
        begin(ack).fromSequence(from).toSequence(to).ackLevel(level).reason(limited(reason));
        scratch.putShort(ack.offset() + AckEncoder.codeEncodingOffset(), (short) code, AckEncoder.BYTE_ORDER);
        end(out, ack);
    }

    /** Says that a subscription is registered, and from where on it gets everything. */
    public void subscribeReply(SessionOutput out, long subscriptionId, long position) {
        begin(subscribeReply).subscriptionId(subscriptionId).position(position);
        end(out, subscribeReply);
    }

    /** Refuses a command other than a message. */
    public void reject(SessionOutput out, long reference, int command, Code code, String reason) {
        begin(reject).reference(reference).command(command).code(code).reason(limited(reason));
        end(out, reject);
    }

    /** Asks for another credential. */
    public void challenge(SessionOutput out, int attempt, byte[] bytes) {
        begin(challenge).attempt(attempt).putChallenge(bytes, 0, bytes.length);
        end(out, challenge);
    }

    /** The last frame of a session that the broker ends. */
    public void goodbye(SessionOutput out, Code code, String reason) {
        begin(goodbye).code(code).reason(limited(reason));
        end(out, goodbye);
    }

    /** Says that the broker lives, and where its journal ends. */
    public void heartbeat(SessionOutput out) {
        begin(heartbeat).tail(journalTail.getAsLong());
        end(out, heartbeat);
    }

    /** Says something about a range of the journal to a subscriber. */
    public void notice(SessionOutput out, long subscriptionId, NoticeKind kind, long from, long to, String detail) {
        begin(notice)
                .subscriptionId(subscriptionId)
                .fromPosition(from)
                .toPosition(to)
                .kind(kind)
                .detail(limited(detail));
        end(out, notice);
    }

    /** For frames with an encoder of their own: begins one. */
    public <E extends MessageEncoderFlyweight> E begin(E encoder) {
        return writer.begin(encoder, scratch, 0);
    }

    /** Ends what {@link #begin} began, and appends it. */
    public void end(SessionOutput out, MessageEncoderFlyweight encoder) {
        out.append(scratch, writer.end(encoder, 0));
    }

    /** The text as it goes into a frame: no longer than a line that somebody reads. */
    static String limited(String text) {
        if (text.length() <= MAX_TEXT_CHARS) {
            return text;
        }
        return text.substring(0, MAX_TEXT_CHARS); // through a pair of surrogates, too: it is encoded as a question mark
    }

    /** Bytes that the envelope of a delivery takes up. */
    static int envelopeLength(int idCount) {
        return FrameDescriptor.aligned(FrameDescriptor.BLOCK_OFFSET
                + DeliverEncoder.BLOCK_LENGTH
                + SubscriptionsEncoder.sbeHeaderSize()
                + idCount * SubscriptionsEncoder.sbeBlockLength());
    }

    /** Encodes an envelope into the room that was kept for it. */
    void envelope(
            MutableDirectBuffer buffer, int offset, long[] ids, int idCount, long messageCount, boolean isRendered) {
        writer.begin(deliver, envelopeScratch, 0).tail(journalTail.getAsLong()).messageCount(messageCount);
        deliver.flags().rendered(isRendered);
        final SubscriptionsEncoder entries = deliver.subscriptionsCount(idCount);
        for (int i = 0; i < idCount; i++) {
            entries.next().subscriptionId(ids[i]);
        }
        buffer.putBytes(offset, envelopeScratch, 0, writer.end(deliver, 0));
    }
}
