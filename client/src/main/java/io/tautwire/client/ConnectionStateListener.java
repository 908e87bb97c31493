package io.tautwire.client;

/** Learns how a client stands to its server. */
@FunctionalInterface
public interface ConnectionStateListener {
    /**
     * The state has changed. Runs on the thread that made it change: the one that connects, the receive thread, or the
     * reconnecting thread; on the last two whatever waits fails with WOULD_DEADLOCK. An exception goes to the
     * {@link ErrorHandler}.
     */
    void onChange(ConnectionStateChange change);
}
