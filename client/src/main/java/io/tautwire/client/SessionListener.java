package io.tautwire.client;

import io.tautwire.codec.sbe.Code;

/** Learns that a session is over. */
@FunctionalInterface
public interface SessionListener {
    /**
     * A session that was logged on has ended. Whether another one follows by itself, {@link ConnectionStateListener}
     * tells; what was published and not acknowledged is kept, and sent again in it. Runs on the receive thread; an
     * exception goes to the {@link ErrorHandler}.
     *
     * @param code   OK when this client asked for it; SESSION_REPLACED when the same name logged on elsewhere;
     *               SERVER_CLOSING; DISCONNECTED when the connection broke; or another reason of the server.
     * @param reason text to the code; may be empty.
     */
    void onEnded(Code code, String reason);
}
