package io.tautwire.client.internal;

import io.tautwire.codec.sbe.Code;

/** Told when a session is over, on its thread, before anybody else. */
@FunctionalInterface
interface SessionEnd {
    /**
     * It is over.
     *
     * @param code        OK when this side asked for it.
     * @param cause       what broke the connection, or null.
     * @param wasLoggedOn whether it ever was.
     */
    void onEnded(LoopSession session, Code code, String reason, Throwable cause, boolean wasLoggedOn);
}
