package io.tautwire.server;

/** What an authenticator says about one {@link LogonAttempt}. The first verdict counts; from any thread. */
public interface Verdict {
    /**
     * The credential is good.
     *
     * @param user who the client is; not empty, at most 255 bytes without control characters.
     */
    void accept(String user);

    /**
     * The credential is not good.
     *
     * @param reason told to the client: nothing in it should help to guess.
     */
    void refuse(String reason);

    /**
     * Another credential is wanted: the client answers with another attempt, which the same authenticator judges.
     *
     * @param challenge what to answer, at most 8 KiB; copied.
     */
    void challenge(byte[] challenge);

    /**
     * Another credential is wanted, to be judged by somebody who remembers this conversation: a lambda, say, that holds
     * the nonce. A connection's answers are few, and {@code next} is forgotten with the connection.
     *
     * @param challenge what to answer, at most 8 KiB; copied.
     * @param next      judges this client's next attempt, on the authenticator's thread.
     */
    void challenge(byte[] challenge, ServerAuthenticator next);
}
