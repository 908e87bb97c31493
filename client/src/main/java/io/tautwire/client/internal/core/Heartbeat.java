package io.tautwire.client.internal.core;

/**
 * Says something when nothing else was said, or when there are refusals to confirm, and notices when the other side
 * falls silent. What left and what came is seen from counters at each tick, so that neither path has to read a clock.
 */
final class Heartbeat {
    /** Intervals without a byte from the server after which it is suspected to be gone. */
    static final int SILENT_INTERVALS = 2;

    /** Refusals told after which the server learns that it may forget them: it keeps a bounded number. */
    static final int CONFIRM_AFTER = 256;

    private static final long NS_PER_MS = 1_000_000;

    /** Handlers are slow whose messages from one look at the clock to the next take this part of an interval. */
    private static final int SLOW_PART = 32;

    private final Outgoing outgoing;
    private final Acknowledgements acknowledgements;

    private long intervalNs;
    private boolean timed;
    private long previousTickNs;
    private long writesSeen;
    private long saidNs;
    private long heardNs;
    private boolean heard;
    private boolean suspected;
    private boolean silent;
    private long confirmed;

    Heartbeat(Outgoing outgoing, Acknowledgements acknowledgements) {
        this.outgoing = outgoing;
        this.acknowledgements = acknowledgements;
    }

    /** Begins: the session is logged on. */
    void begin(int intervalMs) {
        intervalNs = intervalMs * NS_PER_MS;
        confirmed = acknowledgements.refusals(); // by the Logon
    }

    /** Something came from the server. */
    void onHeard() {
        heard = true;
    }

    /** Sends a Heartbeat where one is due; it leaves with the next flush. */
    void onTimer(long nowNs) {
        if (intervalNs != 0) {
            judge(nowNs);
            tick(nowNs, intervalNs);
        }
    }

    /**
     * As {@link #onTimer}, while something is being read. A Heartbeat leaves after half an interval already, because
     * the next handler may take nearly a whole one.
     *
     * @return whether handlers are so slow that each may be the one after which a Heartbeat is due.
     */
    boolean onBusy(long nowNs) {
        if (intervalNs == 0) {
            return true;
        }
        heard = true;
        final boolean slow = !timed || nowNs - previousTickNs >= intervalNs / SLOW_PART;
        judge(nowNs);
        tick(nowNs, intervalNs / 2);
        return slow;
    }

    /** Whoever is suspected is gone if the next tick finds that nothing came: the loop has read in between. */
    private void judge(long nowNs) {
        // A tick that comes late tells of a pause on this side: bytes may be waiting that were not read yet.
        final boolean late = !timed || nowNs - previousTickNs > intervalNs;
        if (heard || late) {
            heard = false;
            heardNs = nowNs;
            suspected = false;
        } else if (nowNs - heardNs >= SILENT_INTERVALS * intervalNs) {
            silent = suspected;
            suspected = true;
        }
    }

    private void tick(long nowNs, long dueNs) {
        if (!timed) {
            saidNs = nowNs;
        } else if (outgoing.writes() != writesSeen) {
            saidNs = previousTickNs; // or right after it, with a slow handler since
        }
        if (nowNs - saidNs >= dueNs && say()) {
            saidNs = nowNs;
        }
        writesSeen = outgoing.writes();
        previousTickNs = nowNs;
        timed = true;
    }

    /** Sends a Heartbeat before it is due where many refusals are to be confirmed and there is room. */
    void confirm() {
        if (intervalNs != 0 && acknowledgements.refusals() - confirmed >= CONFIRM_AFTER) {
            say();
        }
    }

    /** For how long the server has been silent, as of the last tick, when that is too long; else zero. */
    long silentNs() {
        return silent ? previousTickNs - heardNs : 0;
    }

    private boolean say() {
        if (!outgoing.control().heartbeat(acknowledgements.lastOutcome() + 1)) {
            return false;
        }
        confirmed = acknowledgements.refusals();
        return true;
    }
}
