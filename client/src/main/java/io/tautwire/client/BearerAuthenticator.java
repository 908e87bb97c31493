package io.tautwire.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.util.Objects;
import java.util.function.Supplier;

/** Sends tokens. Keeps none. */
final class BearerAuthenticator implements Authenticator {
    private final Supplier<String> tokens;

    BearerAuthenticator(Supplier<String> tokens) {
        this.tokens = Objects.requireNonNull(tokens, "tokens");
    }

    @Override
    public Authenticator begin(LogonContext context) {
        if (!context.isConfidential()) {
            throw new TautwireException(
                    Code.AUTHENTICATION_FAILED,
                    "scheme=" + context.scheme().word()
                            + ": a token is not sent where others may read it; connect by tcps or unix");
        }
        return this;
    }

    @Override
    public byte[] authenticate(String user, String password) {
        final String token = ask();
        if (token == null || token.isEmpty() || token.indexOf('\0') >= 0) {
            throw new TautwireException(
                    Code.AUTHENTICATION_FAILED,
                    "the token supplier gave "
                            + (token == null ? "null" : token.isEmpty() ? "an empty token" : "a token with a NUL in it")
                            + "; give what the server's verifier takes");
        }
        return token.getBytes(UTF_8);
    }

    @Override
    public byte[] retry(String user, String password, byte[] challenge) {
        throw new TautwireException(
                Code.AUTHENTICATION_FAILED,
                "the server asks for another credential than a token; log on as its operator says");
    }

    private String ask() {
        try {
            return tokens.get();
        } catch (Throwable t) {
            throw new TautwireException(Code.AUTHENTICATION_FAILED, "the token supplier failed; see the cause", t);
        }
    }
}
