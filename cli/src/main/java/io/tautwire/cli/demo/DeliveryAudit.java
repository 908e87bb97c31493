package io.tautwire.cli.demo;

import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;

/**
 * Accounts for every delivery to one subscription: each sequence of the publisher once, in order, with the body that
 * was published under it. Fields are written by the receive thread of the subscriber; another thread reads the progress
 * at any time, and the rest once {@link #delivered()} shows that the last message came or the subscription is closed.
 */
final class DeliveryAudit {
    private static final long MAX_LATENCY_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Trades trades;
    private final int total;
    private final PublishTimes times;
    private final BitSet seen;
    private final Histogram deliverNanos = new Histogram(MAX_LATENCY_NS, SIGNIFICANT_DIGITS);
    private long duplicated;
    private long outOfOrder;
    private volatile long highest;
    private volatile long delivered;

    /**
     * Expects sequences 1 to {@code total}, which repeat the trades from first to last.
     *
     * @param trades what is published.
     * @param total  how many messages are.
     * @param times  when each was.
     */
    DeliveryAudit(Trades trades, int total, PublishTimes times) {
        this.trades = trades;
        this.total = total;
        this.times = times;
        this.seen = new BitSet(total + 1);
    }

    /** A message came, at the time given by {@link System#nanoTime()}. */
    void onDelivery(long sequence, DirectBuffer buffer, int bodyOffset, int bodyLength, long nowNs) {
        if (isOneOfOurs(sequence, buffer, bodyOffset, bodyLength)) {
            if (seen.get((int) sequence)) {
                duplicated++;
            } else if (sequence < highest) {
                seen.set((int) sequence);
                outOfOrder++;
            } else {
                seen.set((int) sequence);
                deliverNanos.recordValue(Math.min(nowNs - times.get(sequence), MAX_LATENCY_NS));
                highest = sequence;
            }
        }
        delivered = delivered + 1;
    }

    /** What is not, or is not what was published, is left unseen and so ends as lost. */
    private boolean isOneOfOurs(long sequence, DirectBuffer buffer, int bodyOffset, int bodyLength) {
        return sequence >= 1
                && sequence <= total
                && trades.matches((int) ((sequence - 1) % trades.count()), buffer, bodyOffset, bodyLength);
    }

    /** Highest sequence that came; zero before the first. Any thread. */
    long highest() {
        return highest;
    }

    /** Deliveries so far, whatever they were. Any thread. */
    long delivered() {
        return delivered;
    }

    /** True when every message came. */
    boolean isComplete() {
        return lost() == 0;
    }

    /** Messages that never came with the body they were published with. */
    long lost() {
        return total - seen.cardinality();
    }

    /** Messages that came again. */
    long duplicated() {
        return duplicated;
    }

    /** Messages that came after one published later. */
    long outOfOrder() {
        return outOfOrder;
    }

    /** Time from publish to delivery of those that came in order, in nanoseconds. */
    Histogram deliverNanos() {
        return deliverNanos;
    }
}
