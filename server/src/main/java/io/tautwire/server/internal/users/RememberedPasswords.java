package io.tautwire.server.internal.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passwords that were right, so that a client which reconnects does not keep the others waiting for PBKDF2 again. Kept
 * are digests under a key that lives and dies with the process. Bounded: each user has one right password, and when
 * there is no room any other goes. Any thread.
 */
final class RememberedPasswords {
    private final ScramMath math;
    private final int most;
    private final byte[] key = new byte[ScramMath.KEY_LENGTH];
    private final Map<String, byte[]> digests = new ConcurrentHashMap<>();

    RememberedPasswords(ScramMath math, int most, Random random) {
        this.math = math;
        this.most = most;
        random.nextBytes(key);
    }

    /** What is compared and kept of a credential. */
    byte[] digest(String user, byte[] credential) {
        final byte[] name = (user + '\0').getBytes(UTF_8); // no user holds a NUL
        final byte[] message = Arrays.copyOf(name, name.length + credential.length);
        System.arraycopy(credential, 0, message, name.length, credential.length);
        try {
            return math.hmac(key, message);
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }

    /** Whether it was right before. Takes as long where nothing is remembered of a user. */
    boolean isRemembered(String user, byte[] digest) {
        return MessageDigest.isEqual(digests.getOrDefault(user, key), digest);
    }

    /** It was right. */
    void remember(String user, byte[] digest) {
        if (digests.size() >= most && !digests.containsKey(user)) {
            digests.keySet().stream().findAny().ifPresent(digests::remove);
        }
        digests.put(user, digest);
    }
}
