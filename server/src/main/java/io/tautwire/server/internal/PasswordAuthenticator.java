package io.tautwire.server.internal;

import io.tautwire.server.LogonAttempt;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Users with passwords. Kept are salted SHA-256 digests, all of one length, so that comparing takes the same time
 * whatever was sent. The digests live and die with the process: a slow hash would protect nothing that the process's
 * memory does not give away anyhow.
 */
public final class PasswordAuthenticator implements ServerAuthenticator {
    private static final int SALT_BYTES = 32;

    private final byte[] salt = new byte[SALT_BYTES];
    private final byte[] nobodys;
    private final Map<String, byte[]> digests;

    /** Takes these users; passwords are not kept. */
    public PasswordAuthenticator(Map<String, String> passwords) {
        final SecureRandom random = new SecureRandom();
        random.nextBytes(salt);
        nobodys = new byte[SALT_BYTES];
        random.nextBytes(nobodys);
        digests = passwords.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> digest(entry.getValue().getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public void authenticate(LogonAttempt attempt, Verdict verdict) {
        final byte[] expected = digests.getOrDefault(attempt.user(), nobodys); // an unknown user takes as long
        if (MessageDigest.isEqual(expected, digest(attempt.credential()))) {
            verdict.accept(attempt.user());
        } else {
            verdict.refuse("user='" + attempt.user() + "' or its password is wrong; check both");
        }
    }

    @Override
    public String toString() {
        return "passwords of " + digests.size() + " users";
    }

    private byte[] digest(byte[] password) {
        try {
            final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(salt);
            return sha256.digest(password);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
