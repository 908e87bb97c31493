package io.tautwire.client;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where faults go that no caller can be told: the user's error handler, or the log, once per kind. */
final class Faults {
    private static final Logger LOGGER = LoggerFactory.getLogger(Client.class);
    private static final int MAX_KINDS = 256;

    private final String clientName;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();
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
            logOnce(where, fault);
            return;
        }
        try {
            to.onError(fault);
        } catch (Throwable t) {
            logOnce("error handler", t);
        }
    }

    private void logOnce(String where, Throwable fault) {
        if (logged.size() < MAX_KINDS
                && logged.add(where + ' ' + fault.getClass().getName())) {
            LOGGER.warn("client={} {} failed; more of this kind are not logged", clientName, where, fault);
        }
    }
}
