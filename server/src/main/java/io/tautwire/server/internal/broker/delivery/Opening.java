package io.tautwire.server.internal.broker.delivery;

/** A subscription that has not begun: the place it asked for is still looked for. */
final class Opening {
    private static final long NOWHERE = -1;

    private final Subscription subscription;
    private final Start start;
    private final Subscriptions owner;

    /** How far a search by time has come; {@link #NOWHERE} before it began. */
    private long searchedTo = NOWHERE;

    private long coldAt = NOWHERE;

    Opening(Subscription subscription, Start start, Subscriptions owner) {
        this.subscription = subscription;
        this.start = start;
        this.owner = owner;
    }

    Subscription subscription() {
        return subscription;
    }

    Start start() {
        return start;
    }

    Subscriptions owner() {
        return owner;
    }

    boolean isSearching() {
        return searchedTo != NOWHERE;
    }

    long searchedTo() {
        return searchedTo;
    }

    void searchFrom(long position) {
        searchedTo = position;
    }

    /** Whether it waits for a segment that is not in memory. */
    boolean isCold() {
        return coldAt != NOWHERE;
    }

    /** A position in the segment that it waits for. */
    long coldAt() {
        return coldAt;
    }

    void awaitSegment(long position) {
        coldAt = position;
    }

    void segmentCame() {
        coldAt = NOWHERE;
    }
}
