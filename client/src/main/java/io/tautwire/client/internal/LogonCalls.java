package io.tautwire.client.internal;

/**
 * What a logon asks of a user's authenticator: {@link #first} and {@link #answer} on the authenticator's thread, for
 * they may take long, {@link #accepted} on the receive thread. Each fails with a
 * {@link io.tautwire.TautwireException} and nothing else, which ends the logon.
 */
public interface LogonCalls {
    /** The first credential; empty for none. */
    byte[] first();

    /** The answer to a challenge. */
    byte[] answer(byte[] challenge);

    /** The server has accepted the logon. */
    void accepted(String user);
}
