package io.tautwire.client.internal.core;

/**
 * Where the credentials of a logon come from. Called on the thread that steps the session, so nothing here may take
 * long.
 */
public interface Credentials {
    /** The credential for the first Logon; empty for none. */
    byte[] first();

    /**
     * The server wants another credential. It comes by {@link ClientSession#answer}, within this call or later, or
     * {@link ClientSession#giveUp} ends the session.
     */
    void onChallenge(byte[] challenge);

    /**
     * The server has accepted the logon; no command has been sent to it yet.
     *
     * @param user as the server knows it.
     * @throws io.tautwire.TautwireException to refuse the server: the session ends with it.
     */
    default void onAccepted(String user) {}
}
