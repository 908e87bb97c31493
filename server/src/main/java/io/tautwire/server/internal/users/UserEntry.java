package io.tautwire.server.internal.users;

import static io.tautwire.codec.ScramCredential.MAX_ITERATIONS;
import static io.tautwire.codec.ScramCredential.MAX_SALT_LENGTH;
import static io.tautwire.codec.ScramCredential.MIN_ITERATIONS;
import static io.tautwire.codec.ScramCredential.MIN_SALT_LENGTH;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.util.Base64;

/** One line of a users file, {@code user:salt:iterations:storedKey:serverKey}. Its text never shows the keys. */
public final class UserEntry {
    private static final int FIELDS = 5;
    private static final int MAX_PASSWORD_LENGTH = 1024;

    private final String user;
    private final Verifier verifier;

    private UserEntry(String user, Verifier verifier) {
        this.user = user;
        this.verifier = verifier;
    }

    /**
     * The entry of a user with a password.
     *
     * @throws TautwireException CONFIGURATION_INVALID, for a name, password, salt or count that cannot be; shows none.
     */
    public static UserEntry of(String user, char[] password, byte[] salt, int iterations) {
        final String prepared = UserNames.prepared(user);
        check(prepared != null, "the user's name is malformed; " + UserNames.RULE);
        check(
                0 < password.length && password.length <= MAX_PASSWORD_LENGTH,
                "the password's length=" + password.length + " is not from 1 to " + MAX_PASSWORD_LENGTH
                        + " characters; give another");
        checkCost(salt.length, iterations);
        final char[] known = SaslPrep.prepared(password);
        check(
                known != null,
                "the password holds a character that SASLprep (RFC 4013) does not allow, such as a control character or"
                        + " an emoji; give another");
        return new UserEntry(prepared, Verifier.of(new ScramMath(), known, salt, iterations));
    }

    /**
     * Reads a line.
     *
     * @throws TautwireException CONFIGURATION_INVALID, with what is wrong; shows nothing of the line.
     */
    public static UserEntry parse(String line) {
        final String[] fields = line.split(":", -1);
        check(
                fields.length == FIELDS,
                "fields=" + fields.length + " in place of user:salt:iterations:storedKey:serverKey");
        final String user = UserNames.prepared(fields[0]);
        check(user != null, "the user's name is malformed; " + UserNames.RULE);
        check(user.equals(fields[0]), "the user's name is not as SASLprep (RFC 4013) writes it; make the line anew");
        final byte[] salt = base64("salt", fields[1]);
        final int iterations = number(fields[2]);
        checkCost(salt.length, iterations);
        return new UserEntry(
                user, new Verifier(salt, iterations, key("storedKey", fields[3]), key("serverKey", fields[4])));
    }

    /** Whose it is. */
    public String user() {
        return user;
    }

    /** How costly its password is to guess. */
    public int iterations() {
        return verifier.iterations();
    }

    /** What is kept of the password. */
    Verifier verifier() {
        return verifier;
    }

    /** The line for the file, keys included. */
    public String line() {
        final Base64.Encoder base64 = Base64.getEncoder();
        return user
                + ':'
                + base64.encodeToString(verifier.salt())
                + ':'
                + verifier.iterations()
                + ':'
                + base64.encodeToString(verifier.storedKey())
                + ':'
                + base64.encodeToString(verifier.serverKey());
    }

    @Override
    public String toString() {
        return "user=" + user + ' ' + verifier;
    }

    private static void checkCost(int saltLength, int iterations) {
        check(
                MIN_SALT_LENGTH <= saltLength && saltLength <= MAX_SALT_LENGTH,
                "the salt is not of " + MIN_SALT_LENGTH + " to " + MAX_SALT_LENGTH + " bytes");
        check(
                MIN_ITERATIONS <= iterations && iterations <= MAX_ITERATIONS,
                "the iterations are not from " + MIN_ITERATIONS + " to " + MAX_ITERATIONS);
    }

    private static int number(String field) {
        try {
            return Integer.parseInt(field);
        } catch (NumberFormatException e) {
            return -1; // out of range, and what stands there may be a secret in the wrong place
        }
    }

    private static byte[] key(String name, String field) {
        final byte[] key = base64(name, field);
        check(key.length == ScramMath.KEY_LENGTH, name + " is not of " + ScramMath.KEY_LENGTH + " bytes");
        return key;
    }

    private static byte[] base64(String name, String field) {
        try {
            return Base64.getDecoder().decode(field);
        } catch (IllegalArgumentException e) {
            throw fault(name + " is no base64");
        }
    }

    private static void check(boolean isSo, String otherwise) {
        if (!isSo) {
            throw fault(otherwise);
        }
    }

    private static TautwireException fault(String what) {
        return new TautwireException(Code.CONFIGURATION_INVALID, what);
    }
}
