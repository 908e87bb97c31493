package io.tautwire.client;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where faults go that no caller can be told: the user's error handler, or the log, each kind once a minute. */
final class Faults {
    private static final Logger LOGGER = LoggerFactory.getLogger(Client.class);
    private static final int MAX_KINDS = 256;
    private static final long INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);

    private final String clientName;
    private final ConcurrentHashMap<String, Kind> kinds = new ConcurrentHashMap<>();
    private volatile ErrorHandler handler;

    Faults(String clientName) {
        this.clientName = clientName;
    }

    void handler(ErrorHandler to) {
        handler = to;
    }

    /** Reports a fault; never throws. */
    void report(String where, Throwable fault) {
        final ErrorHandler to = handler;
        if (to == null) {
            log(where, fault);
            return;
        }
        try {
            to.onError(fault);
        } catch (Throwable t) {
            log("error handler", t);
        }
    }

    private void log(String where, Throwable fault) {
        final String name = where + ' ' + fault.getClass().getName();
        final Kind kind = kinds.size() < MAX_KINDS ? kinds.computeIfAbsent(name, first -> new Kind()) : kinds.get(name);
        final long leftOut = kind == null ? -1 : kind.report(System.nanoTime());
        if (leftOut >= 0) {
            LOGGER.warn("client={} {} failed leftOut={}", clientName, where, leftOut, fault);
        }
    }

    /** Faults that are alike: when they were logged last, and how many came since. */
    private static final class Kind {
        private final Object lock = new Object();
        private boolean logged;
        private long loggedNs;
        private long leftOut;

        /** How many were left out before this one; negative if this one is. */
        long report(long nowNs) {
            synchronized (lock) {
                if (logged && nowNs - loggedNs < INTERVAL_NS) {
                    leftOut++;
                    return -1;
                }
                final long before = leftOut;
                logged = true;
                loggedNs = nowNs;
                leftOut = 0;
                return before;
            }
        }
    }
}
