package io.tautwire.client.internal.core;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.FrameHandler;
import io.tautwire.codec.ProtocolException;
import io.tautwire.codec.sbe.AckDecoder;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.DeliverDecoder;
import io.tautwire.codec.sbe.GoodbyeDecoder;
import io.tautwire.codec.sbe.HeartbeatDecoder;
import io.tautwire.codec.sbe.LogonChallengeDecoder;
import io.tautwire.codec.sbe.LogonDecoder;
import io.tautwire.codec.sbe.LogonReplyDecoder;
import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.codec.sbe.MessageHeaderDecoder;
import io.tautwire.codec.sbe.NoticeDecoder;
import io.tautwire.codec.sbe.RejectDecoder;
import io.tautwire.codec.sbe.SkipDecoder;
import io.tautwire.codec.sbe.SubscribeDecoder;
import io.tautwire.codec.sbe.SubscribeReplyDecoder;
import org.agrona.DirectBuffer;

/** Gives each frame from the server, decoded, to the part it concerns. Keeps no state but the flyweights. */
final class IncomingFrames implements FrameHandler {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LogonReplyDecoder logonReply = new LogonReplyDecoder();
    private final LogonChallengeDecoder challenge = new LogonChallengeDecoder();
    private final AckDecoder ack = new AckDecoder();
    private final SubscribeReplyDecoder subscribeReply = new SubscribeReplyDecoder();
    private final DeliverDecoder deliver = new DeliverDecoder();
    private final RejectDecoder reject = new RejectDecoder();
    private final GoodbyeDecoder goodbye = new GoodbyeDecoder();
    private final NoticeDecoder notice = new NoticeDecoder();

    private final ClientSession session;
    private final Handshake handshake;
    private final Acknowledgements acknowledgements;
    private final Outgoing outgoing;
    private final Subscriptions subscriptions;
    private final Deliveries deliveries;

    IncomingFrames(
            ClientSession session,
            Handshake handshake,
            Acknowledgements acknowledgements,
            Outgoing outgoing,
            Subscriptions subscriptions,
            Deliveries deliveries) {
        this.session = session;
        this.handshake = handshake;
        this.acknowledgements = acknowledgements;
        this.outgoing = outgoing;
        this.subscriptions = subscriptions;
        this.deliveries = deliveries;
    }

    @Override
    public boolean onFrame(int templateId, DirectBuffer buffer, int offset, int length) {
        if (templateId == MessageDecoder.TEMPLATE_ID) {
            deliveries.onMessage(buffer, offset, length);
        } else if (deliveries.isOpen()) {
            throw new ProtocolException(
                    Code.PROTOCOL_ERROR, "templateId=" + templateId + " within the messages of a Deliver");
        } else if (handshake.isLoggedOn()) {
            onSessionFrame(templateId, buffer, offset + FrameDescriptor.HEADER_OFFSET);
        } else {
            onLogonFrame(templateId, buffer, offset + FrameDescriptor.HEADER_OFFSET);
        }
        return !session.isEnding();
    }

    private void onLogonFrame(int templateId, DirectBuffer buffer, int at) {
        switch (templateId) {
            case LogonReplyDecoder.TEMPLATE_ID ->
                session.onLoggedOn(handshake.onReply(logonReply.wrapAndApplyHeader(buffer, at, header)));
            case LogonChallengeDecoder.TEMPLATE_ID ->
                handshake.onChallenge(challenge.wrapAndApplyHeader(buffer, at, header));
            case RejectDecoder.TEMPLATE_ID -> onReject(reject.wrapAndApplyHeader(buffer, at, header));
            case GoodbyeDecoder.TEMPLATE_ID -> onGoodbye(goodbye.wrapAndApplyHeader(buffer, at, header));
            default ->
                throw new ProtocolException(
                        Code.PROTOCOL_ERROR, "templateId=" + templateId + " before the logon is done");
        }
    }

    private void onSessionFrame(int templateId, DirectBuffer buffer, int at) {
        switch (templateId) {
            case AckDecoder.TEMPLATE_ID ->
                acknowledgements.onAck(ack.wrapAndApplyHeader(buffer, at, header), outgoing.sentSequence());
            case DeliverDecoder.TEMPLATE_ID -> deliveries.onEnvelope(deliver.wrapAndApplyHeader(buffer, at, header));
            case SubscribeReplyDecoder.TEMPLATE_ID -> {
                subscribeReply.wrapAndApplyHeader(buffer, at, header);
                subscriptions.onSubscribed(subscribeReply.subscriptionId(), subscribeReply.position());
            }
            case RejectDecoder.TEMPLATE_ID -> onReject(reject.wrapAndApplyHeader(buffer, at, header));
            case NoticeDecoder.TEMPLATE_ID -> onNotice(notice.wrapAndApplyHeader(buffer, at, header));
            case GoodbyeDecoder.TEMPLATE_ID -> onGoodbye(goodbye.wrapAndApplyHeader(buffer, at, header));
            case HeartbeatDecoder.TEMPLATE_ID -> {} // that it came is all it says
            default ->
                throw new ProtocolException(Code.PROTOCOL_ERROR, "templateId=" + templateId + " is not for a client");
        }
    }

    private void onReject(RejectDecoder frame) {
        if (frame.command() == LogonDecoder.TEMPLATE_ID) {
            final Code code = frame.code();
            session.onGoodbye(code, NewerNumbers.reason(code, frame.codeRaw(), frame.reason()));
        } else if (frame.command() == SubscribeDecoder.TEMPLATE_ID) {
            final long id = frame.reference();
            final Code code = frame.code();
            subscriptions.onRefused(id, code, NewerNumbers.reason(code, frame.codeRaw(), frame.reason()));
        } else if (isCommand(frame.command()) && frame.code() == Code.STORAGE_FULL && handshake.isLoggedOn()) {
            session.onStorageFull(frame.reference(), frame.reason());
        } else {
            throw new ProtocolException(
                    Code.PROTOCOL_ERROR,
                    "reject of command=" + frame.command() + " code=" + frame.codeRaw() + ", which nobody sent");
        }
    }

    private static boolean isCommand(int templateId) {
        return templateId == MessageDecoder.TEMPLATE_ID || templateId == SkipDecoder.TEMPLATE_ID;
    }

    private void onGoodbye(GoodbyeDecoder frame) {
        final Code code = frame.code();
        session.onGoodbye(code, NewerNumbers.reason(code, frame.codeRaw(), frame.reason()));
    }

    private void onNotice(NoticeDecoder frame) {
        subscriptions.onNotice(
                frame.subscriptionId(), frame.kindRaw(), frame.fromPosition(), frame.toPosition(), frame.detail());
    }
}
