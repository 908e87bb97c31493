package io.tautwire.server.internal.broker;

import io.tautwire.server.ServerLimits;
import io.tautwire.server.internal.broker.output.SessionOutput;

/**
 * What a session has to do because time passed. Its clock starts with the first timer step that it sees, so a span may
 * come out longer by one step, and nobody reads a clock between steps.
 */
final class SessionTimer {
    /** How long a session that ended waits for its last bytes to be taken, 1 s. */
    private static final long LINGER_NS = 1_000_000_000L;

    /** Heartbeat intervals without a byte from the peer after which it is suspected to be gone. */
    private static final int SILENT_INTERVALS = 2;

    private final SessionOutput out;
    private final long logonTimeoutNs;
    private long heartbeatNs;
    private boolean isStarted;
    private long sinceNs;
    private long writtenBytes;
    private boolean isHeard;
    private long heardNs;
    private boolean isSuspected;
    private long previousStepNs;

    SessionTimer(ServerLimits limits, SessionOutput out) {
        this.out = out;
        this.logonTimeoutNs = limits.logonTimeout().toNanos();
        this.heartbeatNs = limits.heartbeat().toNanos();
    }

    /** The interval that was settled at the logon. */
    void heartbeatMs(int intervalMs) {
        heartbeatNs = intervalMs * 1_000_000L;
    }

    /** A new span begins with the next step. */
    void restart() {
        isStarted = false;
    }

    boolean isLogonLate(long nowNs) {
        return elapsed(nowNs) >= logonTimeoutNs;
    }

    boolean isLingerOver(long nowNs) {
        return elapsed(nowNs) >= LINGER_NS;
    }

    /** Bytes came from the peer. */
    void onHeard() {
        isHeard = true;
    }

    /** Whoever is suspected is gone if the next step finds that nothing came: the loop has read in between. */
    boolean isPeerSilent(long nowNs) {
        // A step that comes late tells of a pause on this side: bytes may be waiting that were not read yet.
        final boolean isLate = nowNs - previousStepNs > heartbeatNs;
        previousStepNs = nowNs;
        if (isHeard || isLate) {
            isHeard = false;
            heardNs = nowNs;
        }
        final boolean wasSuspected = isSuspected;
        isSuspected = nowNs - heardNs >= SILENT_INTERVALS * heartbeatNs;
        return wasSuspected && isSuspected;
    }

    /** Whether nothing was said for so long that a heartbeat is due; saying one restarts the span. */
    boolean isHeartbeatDue(long nowNs) {
        if (out.writtenBytes() != writtenBytes || out.pendingBytes() != 0) {
            writtenBytes = out.writtenBytes();
            restart();
        }
        if (elapsed(nowNs) < heartbeatNs) {
            return false;
        }
        restart();
        return true;
    }

    private long elapsed(long nowNs) {
        if (!isStarted) {
            isStarted = true;
            sinceNs = nowNs;
        }
        return nowNs - sinceNs;
    }
}
