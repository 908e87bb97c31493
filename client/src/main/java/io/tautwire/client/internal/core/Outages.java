package io.tautwire.client.internal.core;

import io.tautwire.codec.sbe.Code;
import java.util.EnumSet;
import java.util.Set;

/** Decides whether a session that was lost comes back, and when the next attempt is due. Does nothing itself. */
public final class Outages {
    /** What {@link Delays} returns to give up. */
    public static final long GIVE_UP = -1;

    /** The policy. */
    @FunctionalInterface
    public interface Delays {
        /** Nanoseconds to wait before an attempt, 1 being the first, so long after the loss; or {@link #GIVE_UP}. */
        long delayNs(int attempt, long elapsedNs);
    }

    /** What a retry cannot change, or what would be done to somebody else by it. */
    private static final Set<Code> FINAL = EnumSet.of(
            Code.AUTHENTICATION_FAILED,
            Code.NOT_ENTITLED,
            Code.NAME_IN_USE,
            Code.NAME_INVALID,
            Code.NAMESPACE_UNKNOWN,
            Code.MESSAGE_TYPE_REFUSED,
            Code.VERSION_UNSUPPORTED,
            Code.SESSION_REPLACED,
            Code.PUBLISH_GAP,
            Code.STORE_BEHIND,
            Code.CONFIGURATION_INVALID,
            Code.CLOSED);

    /** A session that ends so may well end so again, right after its logon: the delays go on growing. */
    private static final Set<Code> FAULTS = EnumSet.of(
            Code.PROTOCOL_ERROR,
            Code.FRAME_TOO_LARGE,
            Code.SEQUENCE_INVALID,
            Code.LOGON_REQUIRED,
            Code.LIMIT_REACHED,
            Code.STORAGE_FULL,
            Code.JOURNAL_FAILED,
            Code.JOURNAL_CORRUPT,
            Code.INTERNAL);

    private final Delays delays;
    private int attempt;
    private long sinceNs;

    /** No outage yet. */
    public Outages(Delays delays) {
        this.delays = delays;
    }

    /** Whether it is no use to try again after this. */
    public static boolean isFinal(Code code) {
        return FINAL.contains(code);
    }

    /**
     * A session was lost, or the first one is wished for.
     *
     * @param code  what it ended with.
     * @param nowNs of a clock that never goes back.
     */
    public void begin(Code code, long nowNs) {
        sinceNs = nowNs;
        if (!FAULTS.contains(code)) {
            attempt = 0;
        }
    }

    /** Nanoseconds to the next attempt, which it counts; or {@link #GIVE_UP}. */
    public long nextDelayNs(long nowNs) {
        attempt = attempt == Integer.MAX_VALUE ? attempt : attempt + 1;
        final long delayNs = delays.delayNs(attempt, nowNs - sinceNs);
        return delayNs < 0 ? GIVE_UP : delayNs;
    }
}
