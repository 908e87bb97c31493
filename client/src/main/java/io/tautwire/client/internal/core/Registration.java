package io.tautwire.client.internal.core;

import io.tautwire.codec.MessageView;
import io.tautwire.codec.ProtocolException;
import io.tautwire.codec.sbe.Code;

/**
 * One subscription within its session: what it still has to say to the server, and its credit. Stepped by the
 * session's thread; the counters may be read by any.
 */
public final class Registration {
    private final long id;
    private final byte[] pattern;
    private final long windowBytes;
    private final SubscriptionListener listener;
    private final Published received = new Published();
    private final Published lagBytes = new Published();

    private boolean subscribeOwed = true;
    private boolean unsubscribeOwed;
    private long creditOwed;
    private long creditLeft;

    /** Kept by {@link Subscriptions}: whether this stands in one of its lists. */
    boolean isOwing;

    boolean isTouched;

    Registration(long id, byte[] pattern, long windowBytes, SubscriptionListener listener) {
        this.id = id;
        this.pattern = pattern;
        this.windowBytes = windowBytes;
        this.creditLeft = windowBytes;
        this.listener = listener;
    }

    /** Its id within the session. */
    public long id() {
        return id;
    }

    /** Messages received; any thread. */
    public long received() {
        return received.get();
    }

    /** Bytes of the server's journal behind the last message received, as of its envelope; any thread. */
    public long lagBytes() {
        return lagBytes.get();
    }

    SubscriptionListener listener() {
        return listener;
    }

    /** Gives one message to the listener; returns whether the credit is used up now. */
    boolean deliver(MessageView message, int alignedBytes, boolean isRendered, long tail) {
        if (creditLeft <= 0) {
            throw new ProtocolException(Code.PROTOCOL_ERROR, "delivery beyond the credit of subscriptionId=" + id);
        }
        creditLeft -= alignedBytes;
        received.add(1);
        lagBytes.set(
                Math.max(0, tail - message.position() - alignedBytes)); // rendered, it may be longer than published
        creditOwed += listener.onMessage(message, alignedBytes, isRendered);
        return creditLeft <= 0;
    }

    /** The listener is done with so many bytes. */
    void consumed(long bytes) {
        creditOwed += bytes;
    }

    /** No more messages are wanted. */
    void unsubscribe() {
        unsubscribeOwed = true;
    }

    /** Whether there is something to say; credit is given back by halves of the window, not message by message. */
    boolean owes() {
        return subscribeOwed || unsubscribeOwed || creditOwed * 2 >= windowBytes;
    }

    /** Says what is owed; false if there was no room for all of it. */
    boolean write(ControlFrames control) {
        if (subscribeOwed) {
            if (!control.subscribe(id, windowBytes, pattern)) {
                return false;
            }
            subscribeOwed = false;
        }
        if (unsubscribeOwed) {
            unsubscribeOwed = !control.unsubscribe(id);
            return !unsubscribeOwed;
        }
        if (creditOwed > 0 && owes()) {
            if (!control.credit(id, creditOwed)) {
                return false;
            }
            creditLeft += creditOwed;
            creditOwed = 0;
        }
        return true;
    }

    void publishCounters() {
        received.publish();
        lagBytes.publish();
    }
}
