package io.tautwire.server.internal.broker.delivery;

import io.tautwire.codec.topic.TopicPattern;

/**
 * One registered interest: a cursor over the journal with credit. <em>Live</em> it stands at the tail without a
 * position of its own; <em>behind</em> it stands at the first frame that it has not been given yet.
 */
final class Subscription {
    private static final long LIVE = -1;

    private final long id;
    private final long order;
    private final TopicPattern pattern;
    private final Deliveries deliveries;
    private long credit;
    private long position = LIVE;

    /**
     * A live subscription.
     *
     * @param order rises with every subscription of a broker, and decides who is served first.
     */
    Subscription(long id, long order, TopicPattern pattern, long credit, Deliveries deliveries) {
        this.id = id;
        this.order = order;
        this.pattern = pattern;
        this.credit = credit;
        this.deliveries = deliveries;
    }

    long id() {
        return id;
    }

    long order() {
        return order;
    }

    TopicPattern pattern() {
        return pattern;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** Whether a message may be delivered: the last one may take the credit below zero. */
    boolean hasCredit() {
        return credit > 0;
    }

    void addCredit(long bytes) {
        final long sum = credit + bytes;
        credit = sum < credit ? Long.MAX_VALUE : sum;
    }

    void spend(int bytes) {
        credit -= bytes;
    }

    boolean isLive() {
        return position == LIVE;
    }

    void goLive() {
        position = LIVE;
    }

    /** Where it stands when it is behind. */
    long position() {
        return position;
    }

    void standAt(long framePosition) {
        position = framePosition;
    }
}
