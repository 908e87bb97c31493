package io.tautwire.server.internal.broker.counters;

import java.nio.ByteBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One number for each {@link Counter}. The broker's thread alone adds, with a release store; {@link #get} is the
 * acquire load for any thread, and sees each number as of some recent moment.
 */
public final class BrokerCounters {
    private final AtomicBuffer values =
            new UnsafeBuffer(ByteBuffer.allocateDirect(Counter.values().length * Long.BYTES));

    /** Adds to a counter; for the broker's thread. */
    public void add(Counter counter, long amount) {
        final int index = counter.ordinal() * Long.BYTES;
        values.putLongRelease(index, values.getLong(index) + amount);
    }

    /** Adds one to a counter; for the broker's thread. */
    public void increment(Counter counter) {
        add(counter, 1);
    }

    /** The counter's value; any thread. */
    public long get(Counter counter) {
        return values.getLongVolatile(counter.ordinal() * Long.BYTES);
    }
}
