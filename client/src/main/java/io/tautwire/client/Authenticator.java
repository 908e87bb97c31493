package io.tautwire.client;

/**
 * Provides the credential of a logon. The one used by default answers with the password of the connection string, and
 * to a challenge with the same again.
 */
public interface Authenticator {
    /**
     * The credential to log on with. Called by the thread that logs on.
     *
     * @param user     of the connection string; empty for anonymous.
     * @param password of the connection string; empty for none.
     * @return credential, at most 8 KiB; empty for none.
     */
    byte[] authenticate(String user, String password);

    /**
     * The answer to a challenge. Called on the receive thread; an exception ends the logon.
     *
     * @param user      of the connection string.
     * @param password  of the connection string.
     * @param challenge what the server sent.
     * @return credential, at most 8 KiB.
     */
    byte[] retry(String user, String password, byte[] challenge);

    /**
     * The server accepted the logon. Called by the thread that logs on.
     *
     * @param user       as the server knows it.
     * @param credential the last one given.
     * @param reason     the server's words; may be empty.
     */
    default void completed(String user, byte[] credential, String reason) {}
}
