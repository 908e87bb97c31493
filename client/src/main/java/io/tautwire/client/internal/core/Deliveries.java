package io.tautwire.client.internal.core;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.ProtocolException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.DeliverDecoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Opens Deliver envelopes and gives each of their messages to every subscription named. Allocates nothing. */
final class Deliveries {
    /**
     * Messages after which the owner is asked for the time while handlers are quick: it reads a clock, which takes a
     * quarter of the time of a delivery.
     */
    static final int BUSY_AFTER = 8;

    private final Subscriptions subscriptions;
    private final SessionEvents events;
    private final SessionCounters counters;
    private final MessageView message = new MessageView();

    private long[] ids = new long[16];
    private int idCount;
    private long messagesLeft;
    private long tail;
    private boolean isRendered;
    private int untimed;
    private int busyAfter = 1;

    Deliveries(Subscriptions subscriptions, SessionEvents events, SessionCounters counters) {
        this.subscriptions = subscriptions;
        this.events = events;
        this.counters = counters;
    }

    /** Whether the next frame must be a Message. */
    boolean isOpen() {
        return messagesLeft > 0;
    }

    /** Whether the owner is asked for the time after each message, because it may be high time. */
    void handlersAreSlow(boolean areSlow) {
        busyAfter = areSlow ? 1 : BUSY_AFTER;
    }

    void onEnvelope(DeliverDecoder deliver) {
        tail = deliver.tail();
        messagesLeft = deliver.messageCount();
        isRendered = deliver.flags().rendered();
        final DeliverDecoder.SubscriptionsDecoder group = deliver.subscriptions();
        idCount = group.count();
        if (messagesLeft == 0 || idCount == 0) {
            throw new ProtocolException(
                    Code.PROTOCOL_ERROR, "a Deliver of messages=" + messagesLeft + " for subscriptions=" + idCount);
        }
        if (ids.length < idCount) {
            ids = Arrays.copyOf(ids, idCount);
        }
        for (int i = 0; i < idCount; i++) {
            ids[i] = group.next().subscriptionId();
        }
    }

    void onMessage(DirectBuffer buffer, int frameOffset, int frameLength) {
        if (messagesLeft == 0) {
            throw new ProtocolException(Code.PROTOCOL_ERROR, "a Message that no Deliver announced");
        }
        if (FrameDescriptor.isStampClear(buffer, frameOffset)) {
            throw new ProtocolException(Code.PROTOCOL_ERROR, "a Message was delivered without position and timestamp");
        }
        messagesLeft--;
        counters.received.add(1);
        message.wrap(buffer, frameOffset);
        final int alignedBytes = FrameDescriptor.aligned(frameLength);
        boolean claimed = false;
        for (int i = 0; i < idCount; i++) {
            final Registration registration = subscriptions.find(ids[i]);
            if (registration != null) {
                claimed = true;
                if (!subscriptions.deliver(registration, message, alignedBytes, isRendered, tail)) {
                    counters.duplicates.add(1);
                }
                if (registration.isCreditUsedUp()) {
                    counters.creditWaits.add(1);
                }
            }
        }
        if (!claimed) {
            counters.unclaimed.add(1);
            events.onUnclaimed(message, isRendered);
        }
        if (++untimed >= busyAfter) {
            untimed = 0;
            events.onDelivering();
        }
    }
}
