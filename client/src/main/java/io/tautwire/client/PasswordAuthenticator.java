package io.tautwire.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.scram.ScramConversation;
import io.tautwire.codec.sbe.Code;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/** Answers by the password, in the form that suits what carries the bytes. */
final class PasswordAuthenticator implements Authenticator {
    static final PasswordAuthenticator INSTANCE = new PasswordAuthenticator(PasswordAuthenticator::randomNonce);

    private static final int NONCE_BYTES = 18; // a multiple of three, so that its Base64 needs no padding

    private final Supplier<String> nonces;

    PasswordAuthenticator(Supplier<String> nonces) {
        this.nonces = nonces;
    }

    @Override
    public Authenticator begin(LogonContext context) {
        return context.isConfidential() ? this : new OverPlainTcp(context);
    }

    @Override
    public byte[] authenticate(String user, String password) {
        return password.getBytes(UTF_8);
    }

    @Override
    public byte[] retry(String user, String password, byte[] challenge) {
        return password.getBytes(UTF_8);
    }

    private static String randomNonce() {
        final byte[] bytes = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** One logon where everybody between can read and write. */
    private final class OverPlainTcp implements Authenticator {
        private final LogonContext context;
        private volatile ScramConversation scram;

        OverPlainTcp(LogonContext context) {
            this.context = context;
        }

        @Override
        public byte[] authenticate(String user, String password) {
            if (password.isEmpty()) {
                return new byte[0];
            }
            if (user.isEmpty()) {
                throw new TautwireException(
                        Code.AUTHENTICATION_FAILED,
                        "scheme=tcp: a password without a user is taken for a token, which is not sent where others may"
                                + " read it; connect by tcps or unix, or give the user too");
            }
            scram = new ScramConversation(user, password, nonces.get());
            return scram.first();
        }

        @Override
        public byte[] retry(String user, String password, byte[] challenge) {
            return scram == null ? new byte[0] : scram.answer(challenge);
        }

        /** A server that began must finish; one that never asked is open, which is usual where one develops. */
        @Override
        public void completed(String user, byte[] credential, String reason) {
            if (scram != null && !scram.isServerVerified() && (scram.isChallenged() || !context.isLocal())) {
                throw new TautwireException(
                        Code.AUTHENTICATION_FAILED,
                        "peer=" + context.peer() + " accepted the logon without proof that it knows the password;"
                                + " if it is meant to verify nobody, leave the password out of the connection string");
            }
        }
    }
}
