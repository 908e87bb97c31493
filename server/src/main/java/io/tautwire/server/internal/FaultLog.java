package io.tautwire.server.internal;

import io.tautwire.server.internal.broker.FaultKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports background faults: each kind at once, and then at most once an interval, with how many were left out. */
final class FaultLog {
    /** One report of a kind in so long, 1 minute. */
    static final long INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOGGER = LoggerFactory.getLogger("io.tautwire.server");

    private final LongSupplier clockNs;
    private final Map<FaultKind, Kind> kinds = new EnumMap<>(FaultKind.class);

    /** A log with nothing reported yet, for one thread. */
    FaultLog(LongSupplier clockNs) {
        this.clockNs = clockNs;
    }

    /**
     * Reports a fault, or counts it.
     *
     * @return whether it was reported.
     */
    boolean report(FaultKind kind, String what, Throwable cause) {
        final long nowNs = clockNs.getAsLong();
        final Kind known = kinds.get(kind);
        if (known != null && nowNs - known.reportedNs < INTERVAL_NS) {
            known.leftOut++;
            return false;
        }
        final long leftOut = known == null ? 0 : known.leftOut;
        LOGGER.warn("fault={} {} leftOut={}", kind, what, leftOut, cause);
        kinds.put(kind, new Kind(nowNs));
        return true;
    }

    /** When a kind was reported last, and how many came since. */
    private static final class Kind {
        private final long reportedNs;
        private long leftOut;

        Kind(long reportedNs) {
            this.reportedNs = reportedNs;
        }
    }
}
