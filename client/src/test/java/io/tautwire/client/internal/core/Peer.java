package io.tautwire.client.internal.core;

import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.FrameReader;
import io.tautwire.codec.FrameWriter;
import io.tautwire.codec.MessagePrefix;
import io.tautwire.codec.sbe.AckEncoder;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.DeliverEncoder;
import io.tautwire.codec.sbe.GoodbyeEncoder;
import io.tautwire.codec.sbe.HeartbeatEncoder;
import io.tautwire.codec.sbe.LogonChallengeEncoder;
import io.tautwire.codec.sbe.LogonReplyEncoder;
import io.tautwire.codec.sbe.NoticeEncoder;
import io.tautwire.codec.sbe.NoticeKind;
import io.tautwire.codec.sbe.RejectEncoder;
import io.tautwire.codec.sbe.SubscribeReplyEncoder;
import java.util.function.Consumer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/** The server's side of a conversation, frame by frame as the test says. Real frames; what it writes goes to a sink. */
public final class Peer {
    /** What it tells at logon. */
    public static final int HEARTBEAT_MS = 1_000;

    private final FrameWriter writer = new FrameWriter();
    private final FrameChecksum checksum = new FrameChecksum();
    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer(64 * 1024);
    private final Consumer<byte[]> sink;
    private int maxFrame = FrameDescriptor.DEFAULT_MAX_FRAME;
    private long confirmedBelow;
    private int filled;
    private long position = 4096;
    private long journalId = 0xABC;
    private int epoch = 1;
    private long incarnation = 99;

    public Peer(Consumer<byte[]> sink) {
        this.sink = sink;
    }

    /** What the next logon reply says of the server's limit. */
    public Peer maxFrame(int bytes) {
        maxFrame = bytes;
        return this;
    }

    /** Which journal it has; the next message is appended there at this position. */
    public Peer journal(long id, int ofEpoch, long tail) {
        journalId = id;
        epoch = ofEpoch;
        position = tail;
        return this;
    }

    /** Whose store the next messages come from. */
    public Peer publisher(long ofIncarnation) {
        incarnation = ofIncarnation;
        return this;
    }

    /** What the next logon reply says of outcomes that were told before. */
    public Peer confirmedBelow(long sequence) {
        confirmedBelow = sequence;
        return this;
    }

    public Peer logonReply(long lastAppended) {
        return logonReply(lastAppended, HEARTBEAT_MS);
    }

    public Peer logonReply(long lastAppended, int heartbeatMs) {
        final LogonReplyEncoder reply = begin(new LogonReplyEncoder());
        reply.journalId(journalId)
                .tail(position)
                .lastAppended(lastAppended)
                .confirmedBelow(confirmedBelow)
                .epoch(epoch)
                .maxFrame(maxFrame)
                .heartbeatMs(heartbeatMs)
                .version(1)
                .ackLevel(AckLevel.RECEIVED)
                .user("alice")
                .nameSpace("default")
                .messageType("json")
                .agent("peer");
        return end(reply, 0);
    }

    public Peer challenge(byte[] challenge) {
        final LogonChallengeEncoder frame = begin(new LogonChallengeEncoder());
        frame.attempt(1).putChallenge(challenge, 0, challenge.length);
        return end(frame, 0);
    }

    public Peer ack(long from, long to, Code code) {
        final AckEncoder ack = begin(new AckEncoder());
        ack.fromSequence(from)
                .toSequence(to)
                .code(code)
                .ackLevel(AckLevel.RECEIVED)
                .reason(code == Code.OK ? "" : "because");
        return end(ack, 0);
    }

    /** An Ack of a newer server: code and level by number. */
    Peer ackByNumber(long from, long to, int code, int level) {
        final AckEncoder ack = begin(new AckEncoder());
        ack.fromSequence(from).toSequence(to).reason("because");
        final MutableDirectBuffer buffer = ack.buffer();
        buffer.putShort(ack.offset() + AckEncoder.codeEncodingOffset(), (short) code, AckEncoder.BYTE_ORDER);
        buffer.putByte(ack.offset() + AckEncoder.ackLevelEncodingOffset(), (byte) level);
        return end(ack, 0);
    }

    /** A Notice of a newer server. */
    Peer noticeByNumber(long id, int kind) {
        final NoticeEncoder notice = begin(new NoticeEncoder());
        notice.subscriptionId(id).fromPosition(100).toPosition(500).detail("");
        notice.buffer().putByte(notice.offset() + NoticeEncoder.kindEncodingOffset(), (byte) kind);
        return end(notice, 0);
    }

    public Peer subscribeReply(long id) {
        final SubscribeReplyEncoder reply = begin(new SubscribeReplyEncoder());
        reply.subscriptionId(id).position(position);
        return end(reply, 0);
    }

    public Peer reject(int command, long reference, Code code) {
        final RejectEncoder reject = begin(new RejectEncoder());
        reject.reference(reference).command(command).code(code).reason("because");
        return end(reject, 0);
    }

    public Peer goodbye(Code code) {
        final GoodbyeEncoder goodbye = begin(new GoodbyeEncoder());
        goodbye.code(code).reason("because");
        return end(goodbye, 0);
    }

    public Peer heartbeat() {
        return end(begin(new HeartbeatEncoder()), 0);
    }

    public Peer gap(long id, long from, long to) {
        return notice(id, NoticeKind.GAP, from, to);
    }

    public Peer notice(long id, NoticeKind kind, long from, long to) {
        final NoticeEncoder notice = begin(new NoticeEncoder());
        notice.subscriptionId(id).fromPosition(from).toPosition(to).kind(kind).detail("");
        return end(notice, 0);
    }

    /** An envelope for so many messages, which must follow. */
    public Peer deliver(int messages, long... ids) {
        return deliver(messages, 0, position + 100_000, ids);
    }

    /** As {@link #deliver(int, long...)}, of rendered messages, of which the last one to come ends at the tail. */
    public Peer deliverRendered(int messages, long... ids) {
        return deliver(messages, 1, position + 8, ids);
    }

    private Peer deliver(int messages, int flags, long tail, long... ids) {
        final DeliverEncoder deliver = begin(new DeliverEncoder());
        deliver.tail(tail).messageCount(messages);
        out.putByte(deliver.offset() + DeliverEncoder.flagsEncodingOffset(), (byte) flags);
        final DeliverEncoder.SubscriptionsEncoder group = deliver.subscriptionsCount(ids.length);
        for (final long id : ids) {
            group.next().subscriptionId(id);
        }
        return end(deliver, 0);
    }

    public Peer message(long sequence, String topic, byte[] body) {
        return message(sequence, topic, body, true);
    }

    public Peer message(long sequence, String topic, byte[] body, boolean stamped) {
        final MessagePrefix prefix = MessagePrefix.builder()
                .clientName("publisher")
                .incarnation(incarnation)
                .topic(topic)
                .build();
        prefix.put(out, filled);
        out.putBytes(filled + prefix.bodyOffset(), body);
        prefix.finish(out, filled, sequence, body.length, checksum);
        if (stamped) {
            checksum.stamp(out, filled, position, 1_700_000_000_000_000_000L + sequence);
        }
        final int aligned = FrameDescriptor.aligned(prefix.frameLength(body.length));
        position += aligned;
        filled += aligned;
        return this;
    }

    /** Gives all that was written to the sink, in one piece. */
    public void send() {
        final byte[] bytes = new byte[filled];
        out.getBytes(0, bytes);
        filled = 0;
        sink.accept(bytes);
    }

    /** A reader that takes all a client may send. */
    static FrameReader reader() {
        return new FrameReader(FrameDescriptor.MAX_LENGTH);
    }

    private <E extends MessageEncoderFlyweight> E begin(E encoder) {
        return writer.begin(encoder, out, filled);
    }

    private Peer end(MessageEncoderFlyweight encoder, int flags) {
        filled += writer.end(encoder, flags);
        return this;
    }
}
