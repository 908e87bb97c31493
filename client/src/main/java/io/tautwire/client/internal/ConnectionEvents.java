package io.tautwire.client.internal;

import io.tautwire.codec.sbe.Code;

/** What becomes of connections, beside what a session tells of itself. Must not throw. */
public interface ConnectionEvents {
    /** What {@link #onDisconnected} is given when no attempt follows by itself. */
    long NO_ATTEMPT = -1;

    /** An attempt begins. */
    void onConnecting();

    /** A host has answered. */
    void onConnected();

    /**
     * There is no session, or no connection.
     *
     * @param nextAttemptNs nanoseconds to the next attempt, or {@link #NO_ATTEMPT}.
     */
    void onDisconnected(Code code, String reason, long nextAttemptNs);

    /** No session will come by itself. */
    void onGaveUp(Code code, String reason);
}
