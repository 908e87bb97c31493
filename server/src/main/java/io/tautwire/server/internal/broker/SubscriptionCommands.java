package io.tautwire.server.internal.broker;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.ProtocolException;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.CreditDecoder;
import io.tautwire.codec.sbe.MessageHeaderDecoder;
import io.tautwire.codec.sbe.StartAt;
import io.tautwire.codec.sbe.SubscribeDecoder;
import io.tautwire.codec.sbe.UnsubscribeDecoder;
import io.tautwire.codec.topic.TopicPattern;
import io.tautwire.server.internal.broker.delivery.Start;
import io.tautwire.server.internal.broker.delivery.Subscriptions;
import io.tautwire.server.internal.broker.output.SessionOutput;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What one session asks for its subscriptions: reads the commands, checks them and answers. */
final class SubscriptionCommands {
    private final BrokerParts parts;
    private final SessionOutput out;
    private final Subscriptions subscriptions;
    private final Entitlements entitlements;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SubscribeDecoder subscribe = new SubscribeDecoder();
    private final UnsubscribeDecoder unsubscribe = new UnsubscribeDecoder();
    private final CreditDecoder credit = new CreditDecoder();
    private final DirectBuffer pattern = new UnsafeBuffer();

    SubscriptionCommands(BrokerParts parts, SessionOutput out, Subscriptions subscriptions, Entitlements entitlements) {
        this.parts = parts;
        this.out = out;
        this.subscriptions = subscriptions;
        this.entitlements = entitlements;
    }

    void onSubscribe(DirectBuffer buffer, int offset) {
        subscribe.wrapAndApplyHeader(buffer, offset + FrameDescriptor.HEADER_OFFSET, header);
        final long id = subscribe.subscriptionId();
        final long bytes = subscribe.credit();
        subscribe.wrapPattern(pattern);
        if (bytes < 0) {
            throw new ProtocolException(
                    Code.PROTOCOL_ERROR, "first credit=" + bytes + " of subscriptionId=" + id + " is negative");
        }
        try {
            final TopicPattern parsed = TopicPattern.parse(pattern, 0, pattern.capacity());
            if (!entitlements.maySubscribe(parsed.text())) {
                throw new TautwireException(Code.NOT_ENTITLED, "this user may not subscribe to pattern=" + parsed);
            }
            subscriptions.add(id, parsed, bytes, start());
        } catch (TautwireException e) {
            parts.frames.reject(out, id, SubscribeDecoder.TEMPLATE_ID, e.code(), e.detail());
        }
    }

    private Start start() {
        if (subscribe.startAt() == StartAt.SBE_UNKNOWN || subscribe.startAt() == StartAt.NULL_VAL) {
            throw new TautwireException(
                    Code.SUBSCRIPTION_INVALID,
                    "startAt=" + subscribe.startAtRaw() + " is unknown here; begin elsewhere, or ask a newer server");
        }
        final short point = subscribe.deliveryPointRaw();
        final AckLevel offered = parts.config.ackLevel();
        if (point > offered.value()) {
            throw new TautwireException(
                    Code.SUBSCRIPTION_INVALID,
                    "deliveryPoint=" + (point > AckLevel.SYNCED.value() ? point : level(point))
                            + " is more than this server's durability=" + offered
                            + "; ask for that or less, or configure the server");
        }
        return new Start(
                subscribe.startAt(),
                subscribe.notFound(),
                level(point),
                subscribe.journalId(),
                subscribe.epoch(),
                subscribe.position(),
                subscribe.timestamp());
    }

    private static AckLevel level(short number) {
        return number == 0 ? AckLevel.RECEIVED : AckLevel.get(number);
    }

    void onUnsubscribe(DirectBuffer buffer, int offset) {
        unsubscribe.wrapAndApplyHeader(buffer, offset + FrameDescriptor.HEADER_OFFSET, header);
        subscriptions.remove(unsubscribe.subscriptionId());
    }

    void onCredit(DirectBuffer buffer, int offset) {
        credit.wrapAndApplyHeader(buffer, offset + FrameDescriptor.HEADER_OFFSET, header);
        final long id = credit.subscriptionId();
        final long bytes = credit.bytes();
        if (bytes < 1) {
            throw new ProtocolException(
                    Code.PROTOCOL_ERROR, "credit bytes=" + bytes + " for subscriptionId=" + id + " is not positive");
        }
        subscriptions.credit(id, bytes);
    }
}
