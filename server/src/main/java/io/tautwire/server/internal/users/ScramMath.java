package io.tautwire.server.internal.users;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The functions that SCRAM-SHA-256 is made of (RFC 5802, section 2.2; RFC 7677). Not final: tests count how often they
 * are used, for equal work is what keeps a known user from being told from an unknown one. Any thread.
 */
class ScramMath {
    /** Length of each key, signature and proof, in bytes. */
    static final int KEY_LENGTH = 32;

    /**
     * {@code SaltedPassword := Hi(Normalize(password), salt, i)}, which is PBKDF2 with HMAC-SHA-256.
     *
     * @param prepared the password as {@link SaslPrep} writes it; not changed.
     */
    byte[] saltedPassword(char[] prepared, byte[] salt, int iterations) {
        final PBEKeySpec spec = new PBEKeySpec(prepared, salt, iterations, KEY_LENGTH * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks PBKDF2WithHmacSHA256; use another", e);
        } finally {
            spec.clearPassword();
        }
    }

    /** HMAC-SHA-256. */
    byte[] hmac(byte[] key, byte[] message) {
        return ScramFunctions.hmac(ScramMechanism.SCRAM_SHA_256, key, message);
    }

    /** SHA-256. */
    byte[] hash(byte[] message) {
        return ScramFunctions.hash(ScramMechanism.SCRAM_SHA_256, message);
    }
}
