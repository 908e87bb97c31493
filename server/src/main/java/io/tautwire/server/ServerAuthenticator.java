package io.tautwire.server;

import io.tautwire.server.internal.PasswordAuthenticator;
import java.util.Map;

/**
 * Decides who a client is. Without one, users are taken at their word, which a server allows only where its listener
 * is local or anonymous logon is.
 */
@FunctionalInterface
public interface ServerAuthenticator {
    /**
     * Judges one credential. Called on a thread of its own ({@code tautwire-server-authenticator}), one attempt after
     * the other, so it may block; but a client waits no longer than the logon timeout. It may also return at once and
     * give the verdict later, from any thread. An attempt whose turn comes after the logon timeout is not judged.
     *
     * <p>An exception is reported and refuses the logon.
     *
     * @param attempt what the client says; valid until the verdict.
     * @param verdict to be given once.
     */
    void authenticate(LogonAttempt attempt, Verdict verdict);

    /**
     * Users with passwords, compared in constant time. The passwords themselves are not kept.
     *
     * @param passwords by user; copied.
     */
    static ServerAuthenticator passwords(Map<String, String> passwords) {
        return new PasswordAuthenticator(passwords);
    }
}
