package io.tautwire.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.core.Credentials;
import io.tautwire.codec.sbe.Code;

/** One logon with a user's authenticator. Keeps the credential no longer than the logon lasts, and never shows it. */
final class Logon implements Credentials {
    private static final int MAX_CREDENTIAL_BYTES = 8 * 1024;

    private final Authenticator authenticator;
    private final String user;
    private final String password;
    private byte[] first;
    private volatile byte[] last;

    /** Asks the authenticator for the first credential. */
    Logon(Authenticator authenticator, String user, String password) {
        this.authenticator = authenticator;
        this.user = user;
        this.password = password;
        this.first = checked(authenticator.authenticate(user, password));
    }

    /** The server accepted. */
    void completed(String acceptedUser) {
        authenticator.completed(acceptedUser, last, "");
    }

    @Override
    public byte[] first() {
        final byte[] credential = first;
        first = null;
        return credential;
    }

    @Override
    public byte[] answer(byte[] challenge) {
        return checked(authenticator.retry(user, password, challenge));
    }

    private byte[] checked(byte[] credential) {
        if (credential == null || credential.length > MAX_CREDENTIAL_BYTES) {
            throw new TautwireException(
                    Code.AUTHENTICATION_FAILED,
                    credential == null
                            ? "the authenticator gave null; give empty bytes for no credential"
                            : "the authenticator gave bytes=" + credential.length + ", at most " + MAX_CREDENTIAL_BYTES
                                    + " are sent");
        }
        last = credential;
        return credential;
    }

    /** Answers with the password. */
    static final class ByPassword implements Authenticator {
        @Override
        public byte[] authenticate(String user, String password) {
            return password.getBytes(UTF_8);
        }

        @Override
        public byte[] retry(String user, String password, byte[] challenge) {
            return password.getBytes(UTF_8);
        }
    }
}
