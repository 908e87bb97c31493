package io.tautwire.client.internal.core;

/** Where the credential of a logon comes from. Called on the thread that steps the session. */
public interface Credentials {
    /** The credential for the first Logon; empty for none. */
    byte[] first();

    /**
     * The credential in answer to a challenge.
     *
     * @throws RuntimeException to give up: the session ends with it as its cause.
     */
    byte[] answer(byte[] challenge);
}
