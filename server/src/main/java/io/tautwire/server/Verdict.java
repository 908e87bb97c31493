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
     * Another credential is wanted: the client answers with another attempt.
     *
     * @param challenge what to answer, at most 8 KiB; copied.
     */
    void challenge(byte[] challenge);
}
