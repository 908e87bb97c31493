package io.tautwire.server.internal.broker;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.ProtocolException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.CreditDecoder;
import io.tautwire.codec.sbe.GoodbyeDecoder;
import io.tautwire.codec.sbe.HeartbeatDecoder;
import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.codec.sbe.MessageHeaderDecoder;
import io.tautwire.codec.sbe.SkipDecoder;
import io.tautwire.codec.sbe.SubscribeDecoder;
import io.tautwire.codec.sbe.UnsubscribeDecoder;
import io.tautwire.server.internal.broker.delivery.Deliveries;
import io.tautwire.server.internal.broker.delivery.Subscriptions;
import io.tautwire.server.internal.broker.logon.LogonRequest;
import io.tautwire.server.internal.broker.output.SessionOutput;
import io.tautwire.server.internal.broker.publisher.Publisher;
import io.tautwire.server.internal.broker.rendering.SessionRendering;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** A session from logon to its end: sends each command to the part whose job it is. */
final class ActiveSession {
    private final Publisher publisher;
    private final Acknowledger acknowledger;
    private final PublishPath publishPath;
    private final Deliveries deliveries;
    private final Subscriptions subscriptions;
    private final SubscriptionCommands subscriptionCommands;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HeartbeatDecoder heartbeat = new HeartbeatDecoder();
    private final GoodbyeDecoder goodbye = new GoodbyeDecoder();
    private boolean isStoreClosed;

    /**
     * A session that was just admitted.
     *
     * @param firstOutcome sequence of the first one that it is to be told.
     * @param rendering    how bodies are made readable for it; null where they are delivered as they are.
     * @param onFault      is told when what it missed cannot be read from the journal.
     */
    ActiveSession(
            BrokerParts parts,
            SessionOutput out,
            Publisher publisher,
            LogonRequest request,
            long firstOutcome,
            SessionRendering rendering,
            Consumer<TautwireException> onFault) {
        final BrokerConfig config = parts.config;
        final Entitlements entitlements =
                new Entitlements(config.access(), publisher.identity().user(), parts.host);
        this.publisher = publisher;
        this.acknowledger =
                new Acknowledger(publisher, firstOutcome, out, parts.frames, parts.durability, parts.journal::tail);
        this.publishPath = new PublishPath(parts, out, publisher, entitlements);
        this.deliveries = new Deliveries(
                out, parts.frames, parts.counters, parts.catchUp, request.maxFrame(), rendering, onFault);
        this.subscriptions =
                new Subscriptions(parts.router, deliveries, config.limits().maxSubscriptions());
        this.subscriptionCommands = new SubscriptionCommands(parts, out, subscriptions, entitlements);
    }

    /** A command came in. */
    Taken onFrame(int templateId, DirectBuffer buffer, int offset, int length) {
        switch (templateId) {
            case MessageDecoder.TEMPLATE_ID:
                return acknowledger.mayHandle() ? publishPath.onMessage(buffer, offset, length) : Taken.NOT_YET;
            case SkipDecoder.TEMPLATE_ID:
                return acknowledger.mayHandle() ? publishPath.onSkip(buffer, offset, length) : Taken.NOT_YET;
            case CreditDecoder.TEMPLATE_ID:
                subscriptionCommands.onCredit(buffer, offset);
                return Taken.YES;
            case SubscribeDecoder.TEMPLATE_ID:
                subscriptionCommands.onSubscribe(buffer, offset);
                return Taken.YES;
            case UnsubscribeDecoder.TEMPLATE_ID:
                subscriptionCommands.onUnsubscribe(buffer, offset);
                return Taken.YES;
            case HeartbeatDecoder.TEMPLATE_ID:
                onHeartbeat(buffer, offset);
                return Taken.YES;
            case GoodbyeDecoder.TEMPLATE_ID:
                goodbye.wrapAndApplyHeader(buffer, offset + FrameDescriptor.HEADER_OFFSET, header);
                isStoreClosed = goodbye.code() == Code.CLOSED;
                return Taken.GOODBYE;
            default:
                throw new ProtocolException(
                        Code.PROTOCOL_ERROR, "templateId=" + templateId + " is no command of a logged-on client");
        }
    }

    /** A step ends: what was published in it is to be kept, and told as soon as it is. */
    void onStepEnd() {
        acknowledger.onStepEnd();
    }

    /** Tells the outcomes there are to tell, as far as there is room. */
    void acknowledge() {
        acknowledger.send();
    }

    /** Whether something is told only when the journal has got on. */
    boolean isWaitingForJournal() {
        return acknowledger.isWaiting();
    }

    /** The output has room again. */
    void onRoom() {
        acknowledger.send();
        deliveries.onRoom();
    }

    Publisher publisher() {
        return publisher;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Whether the client closed its publish store, and has been told all there is to tell. */
    boolean isStoreDone() {
        return isStoreClosed && acknowledger.isDone();
    }

    private void onHeartbeat(DirectBuffer buffer, int offset) {
        heartbeat.wrapAndApplyHeader(buffer, offset + FrameDescriptor.HEADER_OFFSET, header);
        publisher.confirmBelow(Math.min(heartbeat.lowestOutstanding(), publisher.lastSequence() + 1));
    }
}
