package io.tautwire.server;

import java.util.Optional;

/**
 * Judges bearer tokens for {@link ServerAuthenticator#bearer}. One that answers later rather than at once is a
 * {@link ServerAuthenticator} of its own.
 */
@FunctionalInterface
public interface TokenVerifier {
    /**
     * Whom a token stands for. Called on the authenticator's thread, one after the other, so it may block; but a client
     * waits no longer than the logon timeout.
     *
     * @param token as the client sent it, decoded from UTF-8; never empty. A secret: not to be logged or thrown.
     * @return the user, 1 to 255 bytes without control characters; empty to refuse the logon.
     * @throws Exception if it cannot tell: reported, and the logon is refused.
     */
    Optional<String> verify(String token) throws Exception;
}
