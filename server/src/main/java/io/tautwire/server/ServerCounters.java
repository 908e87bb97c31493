package io.tautwire.server;

import io.tautwire.server.internal.broker.counters.BrokerCounters;
import io.tautwire.server.internal.broker.counters.Counter;

/** What a server has counted since it started. Cheap, from any thread; each number as of some recent moment. */
public final class ServerCounters {
    private final BrokerCounters counters;

    ServerCounters(BrokerCounters counters) {
        this.counters = counters;
    }

    /** Connections there are now, logged on or not. */
    public long sessions() {
        return counters.get(Counter.SESSIONS);
    }

    /** Commands that came in. */
    public long received() {
        return counters.get(Counter.RECEIVED);
    }

    /** Of those received, the ones appended to the journal. */
    public long appended() {
        return counters.get(Counter.APPENDED);
    }

    /** Of those received, the ones refused. */
    public long refused() {
        return counters.get(Counter.REFUSED);
    }

    /** Of those received, the ones that had come before and were dropped. */
    public long duplicates() {
        return counters.get(Counter.DUPLICATES);
    }

    /** Of those received, the ones that found no room on the disk; their publishers send them again. */
    public long storageFull() {
        return counters.get(Counter.STORAGE_FULL);
    }

    /** Copies of messages given to sessions. */
    public long delivered() {
        return counters.get(Counter.DELIVERED);
    }

    /** Times that a subscription fell behind because it had no credit. */
    public long creditWaits() {
        return counters.get(Counter.CREDIT_WAITS);
    }

    /** Times that a subscription fell behind because its session's output had no room. */
    public long outputWaits() {
        return counters.get(Counter.OUTPUT_WAITS);
    }

    /** Ranges of messages that a subscription missed and was told so. */
    public long gaps() {
        return counters.get(Counter.GAPS);
    }

    /** Logons refused. */
    public long logonsRefused() {
        return counters.get(Counter.LOGONS_REFUSED);
    }

    @Override
    public String toString() {
        return "sessions=" + sessions() + " received=" + received() + " appended=" + appended() + " refused="
                + refused() + " duplicates=" + duplicates() + " delivered=" + delivered() + " creditWaits="
                + creditWaits() + " outputWaits=" + outputWaits() + " gaps=" + gaps() + " logonsRefused="
                + logonsRefused();
    }
}
