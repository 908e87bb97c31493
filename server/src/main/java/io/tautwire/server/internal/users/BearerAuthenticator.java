package io.tautwire.server.internal.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.codec.ScramCredential;
import io.tautwire.server.LogonAttempt;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.TokenVerifier;
import io.tautwire.server.Verdict;
import java.util.Objects;
import java.util.Optional;

/** Has tokens judged: the credential, or the user where there is no credential. Any thread, if the verifier is. */
public final class BearerAuthenticator implements ServerAuthenticator {
    private final TokenVerifier verifier;

    /** Asks this verifier. */
    public BearerAuthenticator(TokenVerifier verifier) {
        this.verifier = Objects.requireNonNull(verifier, "verifier");
    }

    @Override
    public void authenticate(LogonAttempt attempt, Verdict verdict) {
        final boolean isUser = attempt.credential().length == 0;
        final String token = isUser ? attempt.user() : new String(attempt.credential(), UTF_8);
        if (token.isEmpty() || ScramCredential.isFirst(attempt.credential())) {
            verdict.refuse(Refusals.REFUSED);
        } else if (!attempt.isPlainAccepted()) {
            verdict.refuse(Refusals.PLAIN);
        } else {
            final Optional<String> user = verify(token);
            if (user.isPresent()
                    && (isUser || attempt.user().isEmpty() || attempt.user().equals(user.get()))) {
                verdict.accept(user.get());
            } else {
                verdict.refuse(Refusals.REFUSED);
            }
        }
    }

    @Override
    public String toString() {
        return "bearer tokens";
    }

    private Optional<String> verify(String token) {
        try {
            return Objects.requireNonNull(verifier.verify(token), "the token verifier returned null");
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the token verifier was interrupted", e);
        } catch (Exception e) {
            throw new IllegalStateException("the token verifier failed", e);
        }
    }
}
