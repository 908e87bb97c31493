package io.tautwire.cli.demo;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When each of the latest messages was published, so that the payload need not carry it. Written by the publishing
 * thread before it publishes, read by receive threads; the store's release makes it visible, whatever way the message
 * itself takes. An entry is overwritten a whole ring later: the publisher never runs that far ahead of a subscriber.
 */
final class PublishTimes {
    private final AtomicLongArray ring;
    private final int mask;

    /**
     * Times of as many messages as may be under way.
     *
     * @param capacity a power of two, greater than the number of messages under way.
     */
    PublishTimes(int capacity) {
        ring = new AtomicLongArray(capacity);
        mask = capacity - 1;
    }

    /** Notes the time, by {@link System#nanoTime()}, of a message about to be published. */
    void put(long sequence, long nowNs) {
        ring.setRelease((int) sequence & mask, nowNs);
    }

    /** The time noted for a message. */
    long get(long sequence) {
        return ring.getAcquire((int) sequence & mask);
    }
}
