package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.LogonCalls;
import io.tautwire.codec.sbe.Code;
import java.util.function.Supplier;

/** One logon with a user's authenticator. Keeps the credential no longer than the logon lasts, and never shows it. */
final class Logon implements LogonCalls {
    private static final int MAX_CREDENTIAL_BYTES = 8 * 1024;

    private final LogonContext context;
    private final String user;
    private final String password;
    private volatile Authenticator authenticator;
    private volatile byte[] last;

    Logon(Authenticator authenticator, LogonContext context, String user, String password) {
        this.authenticator = authenticator;
        this.context = context;
        this.user = user;
        this.password = password;
    }

    @Override
    public byte[] first() {
        return checked(() -> {
            authenticator = authenticator.begin(context);
            return authenticator.authenticate(user, password);
        });
    }

    @Override
    public byte[] answer(byte[] challenge) {
        return checked(() -> authenticator.retry(user, password, challenge));
    }

    @Override
    public void accepted(String acceptedUser) {
        guarded(() -> {
            authenticator.completed(acceptedUser, last, "");
            return null;
        });
    }

    private byte[] checked(Supplier<byte[]> call) {
        final byte[] credential = guarded(call);
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

    /** An error is a failure like others here: who logs on is told of it, rather than that the session is gone. */
    private <T> T guarded(Supplier<T> call) {
        try {
            return call.get();
        } catch (TautwireException e) {
            throw e;
        } catch (Throwable t) {
            throw new TautwireException(
                    Code.AUTHENTICATION_FAILED,
                    "the authenticator failed with " + t.getClass().getName() + "; see the cause",
                    t);
        }
    }
}
