package io.tautwire.server.internal.broker.delivery;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.topic.TopicPattern;

/**
 * One registered interest: a cursor over the journal with credit. <em>Opening</em> it has not begun. <em>Live</em> it
 * stands at the tail without a position of its own; <em>behind</em> it stands at the first frame that it has not been
 * given yet. One that wants only what is written or synced is never live: it stays behind, as far as that goes.
 */
final class Subscription {
    private static final long LIVE = -1;
    private static final long OPENING = -2;

    private final long id;
    private final long order;
    private final TopicPattern pattern;
    private final AckLevel deliveryPoint;
    private final Deliveries deliveries;
    private long credit;
    private long position = OPENING;
    private long replayedFrom = LIVE;
    private boolean isCold;

    /**
     * A subscription that has not begun.
     *
     * @param order         rises with every subscription of a broker, and decides who is served first.
     * @param deliveryPoint what a message must have survived before it is delivered.
     */
    Subscription(
            long id, long order, TopicPattern pattern, AckLevel deliveryPoint, long credit, Deliveries deliveries) {
        this.id = id;
        this.order = order;
        this.pattern = pattern;
        this.deliveryPoint = deliveryPoint;
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

    AckLevel deliveryPoint() {
        return deliveryPoint;
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

    /** Whether it can be live: else it follows what is durable. */
    boolean mayBeLive() {
        return deliveryPoint == AckLevel.RECEIVED;
    }

    void goLive() {
        position = LIVE;
    }

    /** Begins somewhere in the journal: its client is to be told when it has caught up. */
    void replayFrom(long beginning) {
        position = beginning;
        replayedFrom = beginning;
    }

    /** Whether its client is still to be told that it has caught up. */
    boolean isReplaying() {
        return replayedFrom != LIVE;
    }

    /** Where the replay began. */
    long replayedFrom() {
        return replayedFrom;
    }

    void onCaughtUpTold() {
        replayedFrom = LIVE;
    }

    /** Where it stands when it is behind. */
    long position() {
        return position;
    }

    void standAt(long framePosition) {
        position = framePosition;
    }

    /** Whether it waits for the segment that it stands in. */
    boolean isCold() {
        return isCold;
    }

    void awaitSegment(boolean isAwaited) {
        isCold = isAwaited;
    }
}
