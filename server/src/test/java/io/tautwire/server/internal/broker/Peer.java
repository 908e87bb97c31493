package io.tautwire.server.internal.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.FrameWriter;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.CreditEncoder;
import io.tautwire.codec.sbe.GoodbyeEncoder;
import io.tautwire.codec.sbe.HeartbeatEncoder;
import io.tautwire.codec.sbe.LogonEncoder;
import io.tautwire.codec.sbe.MessageEncoder;
import io.tautwire.codec.sbe.SkipEncoder;
import io.tautwire.codec.sbe.SubscribeEncoder;
import io.tautwire.codec.sbe.UnsubscribeEncoder;
import io.tautwire.transport.wire.WireHandler;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A scripted client that speaks real frames: what it says goes to the broker in one batch by {@link #send}. */
public final class Peer {
    public final PeerReader got = new PeerReader();
    final TestWire wire;
    public long lowestOutstanding = 1;
    public long nextSequence = 1;
    public int maxFrame = 1 << 20;
    private int heartbeatMs;
    public String user = "";
    public String password = "";

    /** In place of the password, where it is not null. */
    public byte[] credential;

    public String messageType = "";
    public String nameSpace = "";

    /** Bits of the logon's options. */
    public int options;

    /** In place of the user's or the message type's bytes, where these are not null. */
    byte[] userBytes;

    byte[] messageTypeBytes;

    private final String name;
    private final long incarnation;
    private final FrameWriter writer = new FrameWriter();
    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
    private WireHandler handler;
    private int length;
    private int linesSeen;

    public Peer(String name, long incarnation) {
        this.name = name;
        this.incarnation = incarnation;
        this.wire = new TestWire("peer-of-" + name, got::onBytes);
    }

    void handler(WireHandler stepped) {
        handler = stepped;
        wire.handler(stepped);
    }

    /** The heartbeat interval that the next Logon wishes for. */
    Peer heartbeatMs(int wish) {
        heartbeatMs = wish;
        return this;
    }

    public Peer logon() {
        return logon(1, 1);
    }

    public Peer logon(int versionMin, int versionMax) {
        final byte[] userUtf8 = userBytes == null ? user.getBytes(UTF_8) : userBytes;
        final byte[] typeUtf8 = messageTypeBytes == null ? messageType.getBytes(UTF_8) : messageTypeBytes;
        final LogonEncoder logon = writer.begin(new LogonEncoder(), out, length)
                .incarnation(incarnation)
                .lowestOutstanding(lowestOutstanding)
                .nextSequence(nextSequence)
                .versionMin(versionMin)
                .versionMax(versionMax)
                .maxFrame(maxFrame)
                .heartbeatMs(heartbeatMs);
        out.putByte(logon.offset() + LogonEncoder.optionsEncodingOffset(), (byte) options);
        logon.clientName(name).putUser(userUtf8, 0, userUtf8.length);
        final byte[] given = credential == null ? password.getBytes(UTF_8) : credential;
        logon.putCredential(given, 0, given.length)
                .nameSpace(nameSpace)
                .putMessageType(typeUtf8, 0, typeUtf8.length)
                .agent("peer");
        length += writer.end(logon, 0);
        return this;
    }

    public Peer publish(String topic, String body) {
        return message(nextSequence++, topic, body);
    }

    public Peer message(long sequence, String topic, String body) {
        return message(name, incarnation, sequence, topic, "", new byte[0], body);
    }

    public Peer message(
            String clientName,
            long ofIncarnation,
            long sequence,
            String topic,
            String replyTo,
            byte[] headers,
            String body) {
        final byte[] bytes = body.getBytes(UTF_8);
        out.checkLimit(length + 1024 + bytes.length);
        final MessageEncoder message = writer.begin(new MessageEncoder(), out, length)
                .incarnation(ofIncarnation)
                .sequence(sequence)
                .clientName(clientName)
                .putCorrelationId(headers, 0, 0)
                .replyTo(replyTo)
                .putHeaders(headers, 0, headers.length)
                .topic(topic)
                .putBody(bytes, 0, bytes.length);
        length += writer.end(message, FrameDescriptor.FLAG_STAMPED);
        return this;
    }

    public Peer skip(long sequence, Code code) {
        return skip(sequence, code.value());
    }

    /** A Skip of a newer client: code by number. */
    Peer skip(long sequence, int code) {
        final SkipEncoder skip = writer.begin(new SkipEncoder(), out, length)
                .incarnation(incarnation)
                .sequence(sequence)
                .clientName(name);
        out.putShort(skip.offset() + SkipEncoder.codeEncodingOffset(), (short) code, SkipEncoder.BYTE_ORDER);
        length += writer.end(skip, FrameDescriptor.FLAG_STAMPED);
        return this;
    }

    public Peer subscribe(long id, String pattern, long credit) {
        final SubscribeEncoder subscribe = writer.begin(new SubscribeEncoder(), out, length)
                .subscriptionId(id)
                .credit(credit)
                .pattern(pattern);
        length += writer.end(subscribe, 0);
        return this;
    }

    /** A subscription that begins somewhere. */
    public Peer subscribe(long id, String pattern, long credit, From from) {
        final SubscribeEncoder subscribe = writer.begin(new SubscribeEncoder(), out, length)
                .subscriptionId(id)
                .credit(credit)
                .journalId(from.journalId())
                .position(from.position())
                .timestamp(from.timestampNs())
                .epoch(from.epoch());
        final int at = subscribe.offset();
        out.putByte(at + SubscribeEncoder.startAtEncodingOffset(), (byte) from.startAt());
        out.putByte(at + SubscribeEncoder.notFoundEncodingOffset(), (byte) from.notFound());
        out.putByte(at + SubscribeEncoder.deliveryPointEncodingOffset(), (byte) from.deliveryPoint());
        subscribe.pattern(pattern);
        length += writer.end(subscribe, 0);
        return this;
    }

    public Peer subscribe(long id, String pattern) {
        return subscribe(id, pattern, Long.MAX_VALUE / 2);
    }

    public Peer unsubscribe(long id) {
        final UnsubscribeEncoder unsubscribe =
                writer.begin(new UnsubscribeEncoder(), out, length).subscriptionId(id);
        length += writer.end(unsubscribe, 0);
        return this;
    }

    public Peer credit(long id, long bytes) {
        final CreditEncoder credit = writer.begin(new CreditEncoder(), out, length)
                .subscriptionId(id)
                .bytes(bytes);
        length += writer.end(credit, 0);
        return this;
    }

    public Peer heartbeat(long lowest) {
        final HeartbeatEncoder heartbeat =
                writer.begin(new HeartbeatEncoder(), out, length).lowestOutstanding(lowest);
        length += writer.end(heartbeat, 0);
        return this;
    }

    public Peer goodbye(Code code) {
        final GoodbyeEncoder goodbye =
                writer.begin(new GoodbyeEncoder(), out, length).code(code).reason("");
        length += writer.end(goodbye, 0);
        return this;
    }

    public Peer bytes(byte[] any) {
        out.putBytes(length, any);
        length += any.length;
        return this;
    }

    /** What was said and not sent yet, to be sent by somebody else. */
    public byte[] take() {
        final byte[] bytes = said();
        length = 0;
        return bytes;
    }

    /** What was said and not sent yet; it stays. */
    byte[] said() {
        final byte[] bytes = new byte[length];
        out.getBytes(0, bytes);
        return bytes;
    }

    /** Sends all that was said, as one batch. */
    public Peer send() {
        if (wire.isPaused()) {
            return this; // as it is with a real wire: the bytes wait before it
        }
        final UnsafeBuffer bytes = new UnsafeBuffer(said());
        final int consumed = handler.onBytes(bytes, 0, length);
        if (consumed != length) {
            out.putBytes(0, bytes, consumed, length - consumed);
        }
        length -= consumed;
        handler.onBatchEnd();
        return this;
    }

    /** The connection breaks. */
    void cut() {
        wire.close();
        handler.onClosed(null);
    }

    /** The connection ends, as the broker wanted. */
    void end() {
        if (!wire.isClosed()) {
            throw new AssertionError("the broker did not close the wire; lines=" + got.lines);
        }
        handler.onClosed(null);
    }

    /** Lines that came since this was called last, those of envelopes left out. */
    public List<String> lines() {
        final List<String> lines = got.lines.subList(linesSeen, got.lines.size()).stream()
                .filter(line -> !line.startsWith("Deliver"))
                .toList();
        linesSeen = got.lines.size();
        return lines;
    }

    /** Bodies of all messages so far that one subscription got. */
    public List<String> bodies(long id) {
        return got.delivered.stream()
                .filter(message -> message.ids().contains(id))
                .map(Delivered::body)
                .toList();
    }
}
