package io.tautwire.server;

import io.tautwire.server.internal.users.UserEntry;
import java.security.SecureRandom;

/**
 * One line of a users file, {@code user:salt:iterations:storedKey:serverKey}: a verifier of the user's password by
 * SCRAM-SHA-256 (RFC 5802 and 7677), salt and keys in base64. Nobody can log on with what stands in it, but whoever
 * has it can try out passwords at leisure: it is to be kept like any secret. Immutable; any thread.
 */
public final class UserLine {
    /**
     * How often the password is hashed unless it is given: the figure of the OWASP Password Storage Cheat Sheet for
     * PBKDF2 with HMAC-SHA-256, some tenths of a second of one core.
     */
    public static final int DEFAULT_ITERATIONS = 600_000;

    private static final int SALT_BYTES = 16;

    private final UserEntry entry;

    private UserLine(UserEntry entry) {
        this.entry = entry;
    }

    /**
     * Makes a line with a salt of its own and {@link #DEFAULT_ITERATIONS}; takes some tenths of a second.
     *
     * @param user     1 to 255 bytes in UTF-8 without {@code :} and control characters, not beginning with {@code #};
     *     kept as SASLprep (RFC 4013) writes it.
     * @param password 1 to 1024 characters that SASLprep allows; not changed.
     * @throws io.tautwire.TautwireException CONFIGURATION_INVALID; shows neither.
     */
    public static UserLine of(String user, char[] password) {
        final byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return of(user, password, salt, DEFAULT_ITERATIONS);
    }

    /**
     * Makes a line.
     *
     * @param user       as above.
     * @param password   as above.
     * @param salt       8 to 256 bytes, random, used for no other user.
     * @param iterations 4096, the least that RFC 7677 allows, to 10 million.
     * @throws io.tautwire.TautwireException CONFIGURATION_INVALID; shows none of them.
     */
    public static UserLine of(String user, char[] password, byte[] salt, int iterations) {
        return new UserLine(UserEntry.of(user, password, salt, iterations));
    }

    /**
     * Reads a line.
     *
     * @throws io.tautwire.TautwireException CONFIGURATION_INVALID with what is wrong; shows nothing of the line.
     */
    public static UserLine parse(String line) {
        return new UserLine(UserEntry.parse(line));
    }

    /** Whose line it is, as SASLprep writes the name. */
    public String user() {
        return entry.user();
    }

    /** How often the password is hashed. */
    public int iterations() {
        return entry.iterations();
    }

    /** The line as it stands in the file, keys included: not for logs. */
    public String text() {
        return entry.line();
    }

    /** Without salt and keys. */
    @Override
    public String toString() {
        return entry.toString();
    }
}
