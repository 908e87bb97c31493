package io.tautwire.client.internal.core;

/**
 * How long commands wait that the server had no room for: 250 ms at first, twice as long each time the same one is not
 * taken, 4 s at most.
 */
final class SendPause {
    private static final long FIRST_NS = 250_000_000;
    private static final long LONGEST_NS = 4_000_000_000L;

    private boolean under;
    private boolean timed;
    private long sequence;
    private long pauseNs;
    private long beginNs;

    /** The server took nothing from this sequence on. */
    void begin(long fromSequence) {
        pauseNs = fromSequence == sequence ? Math.min(2 * pauseNs, LONGEST_NS) : FIRST_NS;
        sequence = fromSequence;
        under = true;
        timed = false;
    }

    /** Whether a pause is under way because of this sequence. */
    boolean isFor(long fromSequence) {
        return under && sequence == fromSequence;
    }

    /** Time passes; whether the pause is over by now, once. It is counted from the first tick. */
    boolean isOver(long nowNs) {
        if (!under) {
            return false;
        }
        if (!timed) {
            timed = true;
            beginNs = nowNs;
        }
        under = nowNs - beginNs < pauseNs;
        return !under;
    }
}
