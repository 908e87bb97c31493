package io.tautwire.client;

import java.util.function.Supplier;

/**
 * Provides the credentials of a logon. {@link #password()} is the one used by default.
 *
 * <p>All but {@link #completed} is called on a thread of the logon's own ({@code tautwire-client-NAME-authenticator}),
 * so it may compute or wait; but who logs on waits no longer than {@code logon_timeout}, and a server has a bound of
 * its own. What is still running then is interrupted. An exception ends the logon: a
 * {@link io.tautwire.TautwireException} with its code, anything else with AUTHENTICATION_FAILED and as the cause. It
 * must not hold a password or a token.
 */
public interface Authenticator {
    /**
     * A logon begins: called first, for each.
     *
     * @param context what it goes over.
     * @return who answers in this logon: this one, unless it keeps state or depends on what carries the bytes.
     */
    default Authenticator begin(LogonContext context) {
        return this;
    }

    /**
     * The credential to log on with.
     *
     * @param user     of the connection string; empty for anonymous.
     * @param password of the connection string; empty for none.
     * @return credential, at most 8 KiB; empty for none.
     */
    byte[] authenticate(String user, String password);

    /**
     * The answer to a challenge.
     *
     * @param user      of the connection string.
     * @param password  of the connection string.
     * @param challenge what the server sent.
     * @return credential, at most 8 KiB.
     */
    byte[] retry(String user, String password, byte[] challenge);

    /**
     * The server accepted the logon, and nothing was sent in the session yet. Called on the receive thread: return at
     * once. An exception refuses the server, and the session ends with it.
     *
     * @param user       as the server knows it.
     * @param credential the last one given.
     * @param reason     the server's words; may be empty.
     */
    default void completed(String user, byte[] credential, String reason) {}

    /**
     * Answers by user and password of the connection string, so that the password crosses nothing that others may
     * read. Over {@code tcps} and {@code unix} it is sent. Over {@code tcp} it never is: the server is answered by
     * SCRAM-SHA-256 (RFC 5802 and 7677), and has to prove that it knows the password too, which costs a few tenths of a
     * second by design. A server that verifies nobody proves nothing; it is accepted on this machine alone. A password
     * without a user is a token, and refused over {@code tcp}; a user without a password is sent as it is.
     */
    static Authenticator password() {
        return PasswordAuthenticator.INSTANCE;
    }

    /**
     * Sends a token, which is asked for anew at each logon. Refuses plain {@code tcp} before it asks: a token can be
     * used by whoever reads it.
     *
     * @param tokens gives the token; may take as long as a logon may. Of its failures the exception is kept as cause.
     */
    static Authenticator bearer(Supplier<String> tokens) {
        return new BearerAuthenticator(tokens);
    }
}
