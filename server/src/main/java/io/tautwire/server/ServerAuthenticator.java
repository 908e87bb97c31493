package io.tautwire.server;

import io.tautwire.server.internal.users.BearerAuthenticator;
import io.tautwire.server.internal.users.UserAuthenticator;
import java.nio.file.Path;
import java.util.Map;

/**
 * Decides who a client is. Without one, users are taken at their word, which a server allows only where its listener
 * is local or anonymous logon is. Not asked about those whom a verified certificate names, where they give no
 * credential and no other user; nor about anonymous ones where these are allowed.
 */
@FunctionalInterface
public interface ServerAuthenticator {
    /**
     * Judges one credential. Called on a thread of its own ({@code tautwire-server-authenticator}), one attempt after
     * the other, so it may block; but a client waits no longer than the logon timeout. It may also return at once and
     * give the verdict later, from any thread. An attempt whose turn comes after the logon timeout is not judged.
     *
     * <p>An exception is reported and refuses the logon. A password or token that comes as it is where it must not,
     * see {@link LogonAttempt#isPlainAccepted()}, is for the authenticator to refuse; those made here do.
     *
     * @param attempt what the client says; valid until the verdict.
     * @param verdict to be given once.
     */
    void authenticate(LogonAttempt attempt, Verdict verdict);

    /**
     * Users of a file, a {@link UserLine} each; blank lines, and lines that begin with {@code #}, are left out. Judged
     * by SCRAM-SHA-256 (RFC 5802 and 7677), for which the client never sends its password, and by the password itself
     * where {@link LogonAttempt#isPlainAccepted()}. A wrong password, an unknown user and an anonymous one are refused
     * with the same words after the same work. The file is read once, now.
     *
     * @throws io.tautwire.TautwireException CONFIGURATION_INVALID with all that is wrong with the file, by line; shows
     *     nothing of a line.
     */
    static ServerAuthenticator users(Path file) {
        return UserAuthenticator.ofFile(file);
    }

    /**
     * Users with passwords, judged as those of a file. The passwords themselves are not kept.
     *
     * @param passwords by user; copied. Names and passwords as in {@link UserLine#of(String, char[])}.
     * @throws io.tautwire.TautwireException CONFIGURATION_INVALID for a name or password that can be none.
     */
    static ServerAuthenticator passwords(Map<String, String> passwords) {
        return UserAuthenticator.ofPasswords(passwords);
    }

    /**
     * Bearer tokens, where {@link LogonAttempt#isPlainAccepted()}. The token is the credential, and the user beside it,
     * if any, must be the one it stands for; or it is the user, where there is no credential.
     *
     * @param verifier judges them.
     */
    static ServerAuthenticator bearer(TokenVerifier verifier) {
        return new BearerAuthenticator(verifier);
    }
}
