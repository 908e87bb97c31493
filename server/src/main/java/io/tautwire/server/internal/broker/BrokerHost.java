package io.tautwire.server.internal.broker;

import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.internal.broker.logon.LogonRequest;

/** What a broker asks of the shell that steps it. All calls come from the thread that steps it, and must not block. */
public interface BrokerHost {
    /** The time, in nanoseconds since the epoch. */
    long epochNs();

    /**
     * Have a credential verified. Answered once by {@link Broker#onAccepted}, {@link Broker#onRefused} or
     * {@link Broker#onChallenged}, during this call or later.
     *
     * @param judge that the challenge before named for this answer; null for the server's own.
     */
    void authenticate(long sessionId, LogonRequest request, ServerAuthenticator judge);

    /** Call {@link Broker#catchUp} soon. */
    void scheduleCatchUp();

    /** A logon was refused. Not told is the user, who may be a token. */
    void onRefused(String clientName, String peer, String code);

    /** A client is logged on. */
    void onLogon(String clientName, String user, String peer);

    /** The session of a client that was logged on is over. */
    void onLogoff(String clientName, String user, String peer, String why);

    /** Something went wrong that nobody waits for. */
    void onFault(FaultKind kind, String what, Throwable cause);
}
