package io.tautwire.server.internal.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.FrameReader;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.AckDecoder;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.DeliverDecoder;
import io.tautwire.codec.sbe.GoodbyeDecoder;
import io.tautwire.codec.sbe.HeartbeatDecoder;
import io.tautwire.codec.sbe.LogonChallengeDecoder;
import io.tautwire.codec.sbe.LogonReplyDecoder;
import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.codec.sbe.MessageHeaderDecoder;
import io.tautwire.codec.sbe.NoticeDecoder;
import io.tautwire.codec.sbe.NoticeKind;
import io.tautwire.codec.sbe.RejectDecoder;
import io.tautwire.codec.sbe.SubscribeReplyDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Reads what a broker sent, with all the checks a client makes, into lines and messages. */
public final class PeerReader {
    /** Every frame but messages, as a line each, such as {@code Ack 1-2 OK}. */
    public final List<String> lines = new ArrayList<>();

    /** Every message. */
    public final List<Delivered> delivered = new ArrayList<>();

    /** The bytes of every message, padding included. */
    public final List<byte[]> frames = new ArrayList<>();

    /** How many messages had come when a subscription was told that it is live. */
    public final Map<Long, Integer> liveAfter = new HashMap<>();

    /** What refusals, rejects and goodbyes gave as reason. */
    public final List<String> reasons = new ArrayList<>();

    /** What each challenge asked. */
    public final List<byte[]> challenges = new ArrayList<>();

    /** Last sequence that has an outcome. */
    public long acknowledged;

    /** What the last Ack promised. */
    public AckLevel ackLevel;

    /** Of the last LogonReply. */
    public long confirmedBelow;

    /** Of the last LogonReply. */
    public int heartbeatMs;

    /** The frame of the last Reject, byte by byte. */
    public byte[] reject = {};

    private final ExpandableArrayBuffer pending = new ExpandableArrayBuffer();
    private final FrameReader reader = new FrameReader(64 << 20);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private int pendingLength;
    private List<Long> envelopeIds = List.of();
    private long envelopeLeft;
    private boolean isEnvelopeRendered;

    public void onBytes(DirectBuffer buffer, int[] range) {
        pending.putBytes(pendingLength, buffer, range[0], range[1]);
        pendingLength += range[1];
        final int consumed = reader.read(pending, 0, pendingLength, this::onFrame);
        pendingLength -= consumed;
        pending.putBytes(0, pending.byteArray().clone(), consumed, pendingLength);
    }

    /** Whether the bytes so far end with a whole frame, and a whole envelope. */
    boolean isWhole() {
        return pendingLength == 0 && envelopeLeft == 0;
    }

    private boolean onFrame(int templateId, DirectBuffer buffer, int offset, int length) {
        if ((templateId == MessageDecoder.TEMPLATE_ID) != (envelopeLeft > 0)) {
            throw new IllegalStateException("templateId=" + templateId + " with envelopeLeft=" + envelopeLeft);
        }
        final int at = offset + FrameDescriptor.HEADER_OFFSET;
        switch (templateId) {
            case MessageDecoder.TEMPLATE_ID:
                onMessage(new MessageView().wrap(buffer, offset));
                break;
            case DeliverDecoder.TEMPLATE_ID:
                onDeliver(new DeliverDecoder().wrapAndApplyHeader(buffer, at, header));
                break;
            case AckDecoder.TEMPLATE_ID:
                onAck(new AckDecoder().wrapAndApplyHeader(buffer, at, header));
                break;
            case LogonReplyDecoder.TEMPLATE_ID:
                onLogonReply(new LogonReplyDecoder().wrapAndApplyHeader(buffer, at, header));
                break;
            case LogonChallengeDecoder.TEMPLATE_ID:
                onChallenge(new LogonChallengeDecoder().wrapAndApplyHeader(buffer, at, header));
                break;
            case SubscribeReplyDecoder.TEMPLATE_ID:
                final SubscribeReplyDecoder reply = new SubscribeReplyDecoder().wrapAndApplyHeader(buffer, at, header);
                lines.add("SubscribeReply " + reply.subscriptionId() + " at " + reply.position());
                break;
            case RejectDecoder.TEMPLATE_ID:
                final RejectDecoder reject = new RejectDecoder().wrapAndApplyHeader(buffer, at, header);
                lines.add("Reject " + reject.command() + " " + reject.reference() + " " + reject.code());
                reasons.add(reject.reason());
                this.reject = new byte[FrameDescriptor.aligned(length)];
                buffer.getBytes(offset, this.reject);
                break;
            case NoticeDecoder.TEMPLATE_ID:
                final NoticeDecoder notice = new NoticeDecoder().wrapAndApplyHeader(buffer, at, header);
                final String kind =
                        switch (notice.kind()) {
                            case GAP -> "Gap";
                            case LIVE -> "Live";
                            case EPOCH_END -> "EpochEnd";
                            default -> "Notice " + notice.kindRaw();
                        };
                lines.add(
                        kind + " " + notice.subscriptionId() + " " + notice.fromPosition() + "-" + notice.toPosition());
                if (notice.kind() == NoticeKind.LIVE
                        && liveAfter.put(notice.subscriptionId(), delivered.size()) != null) {
                    throw new IllegalStateException("live twice: subscriptionId=" + notice.subscriptionId());
                }
                reasons.add(notice.detail());
                break;
            case GoodbyeDecoder.TEMPLATE_ID:
                final GoodbyeDecoder goodbye = new GoodbyeDecoder().wrapAndApplyHeader(buffer, at, header);
                lines.add("Goodbye " + goodbye.code());
                reasons.add(goodbye.reason());
                break;
            case HeartbeatDecoder.TEMPLATE_ID:
                lines.add("Heartbeat");
                break;
            default:
                lines.add("template " + templateId);
                break;
        }
        return true;
    }

    private void onChallenge(LogonChallengeDecoder challenge) {
        lines.add("LogonChallenge " + challenge.attempt());
        final byte[] asked = new byte[challenge.challengeLength()];
        challenge.getChallenge(asked, 0, asked.length);
        challenges.add(asked);
    }

    private void onMessage(MessageView view) {
        envelopeLeft--;
        final byte[] frame = new byte[FrameDescriptor.aligned(view.frameLength())];
        view.buffer().getBytes(view.frameOffset(), frame);
        frames.add(frame);
        final byte[] body = new byte[view.bodyLength()];
        view.buffer().getBytes(view.bodyOffset(), body);
        delivered.add(new Delivered(
                envelopeIds,
                view.topic(),
                new String(body, UTF_8),
                view.clientName(),
                view.incarnation(),
                view.sequence(),
                view.position(),
                view.timestamp(),
                isEnvelopeRendered));
    }

    private void onDeliver(DeliverDecoder deliver) {
        envelopeLeft = deliver.messageCount();
        isEnvelopeRendered = deliver.flags().rendered();
        envelopeIds = new ArrayList<>();
        final StringBuilder line = new StringBuilder("Deliver");
        for (final DeliverDecoder.SubscriptionsDecoder entry : deliver.subscriptions()) {
            envelopeIds.add(entry.subscriptionId());
            line.append(' ').append(entry.subscriptionId());
        }
        lines.add(line + " x" + envelopeLeft);
        if (envelopeLeft == 0 || envelopeIds.isEmpty()) {
            throw new IllegalStateException("an envelope with nothing in it, or for nobody");
        }
    }

    private void onAck(AckDecoder ack) {
        acknowledged = ack.toSequence();
        ackLevel = ack.ackLevel();
        final boolean hasName = ack.code() != Code.SBE_UNKNOWN && ack.code() != Code.NULL_VAL;
        final String code = hasName ? ack.code().name() : "code=" + ack.codeRaw();
        lines.add("Ack " + ack.fromSequence() + "-" + ack.toSequence() + " " + code);
        if (ack.code() != Code.OK) {
            reasons.add(ack.reason());
        }
    }

    private void onLogonReply(LogonReplyDecoder reply) {
        confirmedBelow = reply.confirmedBelow();
        heartbeatMs = reply.heartbeatMs();
        lines.add("LogonReply last=" + reply.lastAppended() + " user=" + reply.user() + " type=" + skipTo(reply));
    }

    private static String skipTo(LogonReplyDecoder reply) {
        reply.skipNameSpace();
        return reply.messageType();
    }
}
