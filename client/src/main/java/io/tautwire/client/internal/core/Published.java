package io.tautwire.client.internal.core;

/**
 * A number that one thread changes often and others read now and then. Changes are plain writes; {@link #publish}
 * makes them visible, once per batch, because an ordered write for each message would cost more than the rest of a
 * delivery's bookkeeping.
 */
public final class Published {
    private long current;
    private volatile long visible;

    /** Adds; the writing thread only. */
    void add(long amount) {
        current += amount;
    }

    /** Sets; the writing thread only. */
    void set(long value) {
        current = value;
    }

    /** Makes changes visible; the writing thread only. */
    void publish() {
        if (visible != current) {
            visible = current;
        }
    }

    /** The value as of the last batch; any thread. */
    public long get() {
        return visible;
    }
}
