package io.tautwire.server.internal.users;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/**
 * What is kept of a password: enough to tell whether somebody knows it, not enough to log on with (RFC 5802, section
 * 3). Its text never shows the keys.
 *
 * @param salt       random, each user's own; not to be changed.
 * @param iterations of PBKDF2.
 * @param storedKey  {@code H(ClientKey)}; not to be changed.
 * @param serverKey  signs for the server; not to be changed.
 */
record Verifier(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
    private static final byte[] CLIENT_KEY = "Client Key".getBytes(US_ASCII);
    private static final byte[] SERVER_KEY = "Server Key".getBytes(US_ASCII);

    /**
     * The verifier of a password.
     *
     * @param password as {@link SaslPrep} writes it.
     */
    static Verifier of(ScramMath math, char[] password, byte[] salt, int iterations) {
        final byte[] salted = math.saltedPassword(password, salt, iterations);
        return new Verifier(
                salt.clone(), iterations, math.hash(math.hmac(salted, CLIENT_KEY)), math.hmac(salted, SERVER_KEY));
    }

    /**
     * Whether that is the password. Takes as long whether it is or not.
     *
     * @param password as {@link SaslPrep} writes it.
     */
    boolean isOf(ScramMath math, char[] password) {
        final byte[] salted = math.saltedPassword(password, salt, iterations);
        return MessageDigest.isEqual(storedKey, math.hash(math.hmac(salted, CLIENT_KEY)));
    }

    /**
     * Whether whoever made a proof knows the password. Takes as long whether they do or not.
     *
     * @param proof of {@link ScramMath#KEY_LENGTH} bytes.
     */
    boolean isProved(ScramMath math, String authMessage, byte[] proof) {
        final byte[] clientKey = math.hmac(storedKey, authMessage.getBytes(UTF_8));
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= proof[i];
        }
        return MessageDigest.isEqual(storedKey, math.hash(clientKey));
    }

    /** By which the client sees that the server knew its verifier. */
    byte[] serverSignature(ScramMath math, String authMessage) {
        return math.hmac(serverKey, authMessage.getBytes(UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return this == other; // or the comparison of keys would tell by its time how much of them is equal
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "iterations=" + iterations + " keys=***";
    }
}
