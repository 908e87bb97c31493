package io.tautwire.server.internal.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.TautwireException;
import io.tautwire.codec.ScramCredential;
import io.tautwire.codec.sbe.Code;
import io.tautwire.server.LogonAttempt;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.UserLine;
import io.tautwire.server.Verdict;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Judges users by their passwords: by SCRAM-SHA-256 everywhere, by the password itself where that is taken. A wrong
 * password, an unknown user and nobody at all meet the same words after the same work. Any thread.
 */
public final class UserAuthenticator implements ServerAuthenticator {
    private static final int NONCE_BYTES = 24;
    private static final int SALT_BYTES = 16;
    private static final int MOST_REMEMBERED = 10_000;

    /** Stands in for a password that can be none, so that it costs as much. */
    private static final char[] NO_PASSWORD = {'x'};

    private final ScramMath math;
    private final Accounts accounts;
    private final RememberedPasswords remembered;
    private final Random random;

    /**
     * Takes these users.
     *
     * @param random             of nonces and keys; a {@link SecureRandom} but in tests.
     * @param defaultIterations  what an unknown user's password would cost if there were no users.
     */
    UserAuthenticator(List<UserEntry> entries, ScramMath math, Random random, int defaultIterations) {
        this.math = math;
        this.accounts = new Accounts(entries, math, random, defaultIterations);
        this.remembered = new RememberedPasswords(math, MOST_REMEMBERED, random);
        this.random = random;
    }

    /**
     * Users of a file, read now.
     *
     * @throws TautwireException CONFIGURATION_INVALID with all that is wrong with it, by line.
     */
    public static UserAuthenticator ofFile(Path file) {
        return new UserAuthenticator(
                UsersFile.read(file), new ScramMath(), new SecureRandom(), UserLine.DEFAULT_ITERATIONS);
    }

    /**
     * Users with passwords, which are not kept. The verifiers never leave memory, so they cost the least that SCRAM
     * allows.
     *
     * @throws TautwireException CONFIGURATION_INVALID for a user or password that can be none.
     */
    public static UserAuthenticator ofPasswords(Map<String, String> passwords) {
        final SecureRandom random = new SecureRandom();
        final List<UserEntry> entries = new ArrayList<>();
        final Set<String> users = new HashSet<>();
        passwords.forEach((user, password) -> {
            final byte[] salt = new byte[SALT_BYTES];
            random.nextBytes(salt);
            final UserEntry entry = UserEntry.of(user, password.toCharArray(), salt, ScramCredential.MIN_ITERATIONS);
            if (!users.add(entry.user())) {
                throw new TautwireException(
                        Code.CONFIGURATION_INVALID,
                        "user=" + entry.user() + " is given twice, in two ways of writing it; give it once");
            }
            entries.add(entry);
        });
        return new UserAuthenticator(entries, new ScramMath(), random, ScramCredential.MIN_ITERATIONS);
    }

    @Override
    public void authenticate(LogonAttempt attempt, Verdict verdict) {
        final byte[] credential = attempt.credential();
        if (ScramCredential.isFirst(credential)) {
            beginExchange(attempt, verdict);
        } else if (attempt.isPlainAccepted()) {
            judgePassword(attempt, verdict);
        } else if (credential.length > 0) {
            verdict.refuse(Refusals.PLAIN);
        } else {
            accounts.of(attempt.user()).verifier().isProved(math, "", new byte[ScramMath.KEY_LENGTH]); // for its cost
            verdict.refuse(Refusals.REFUSED);
        }
    }

    @Override
    public String toString() {
        return "passwords of " + accounts.size() + " users";
    }

    private void beginExchange(LogonAttempt attempt, Verdict verdict) {
        final ClientFirst first = ClientFirst.parse(ScramCredential.clientFirstMessage(attempt.credential()));
        if (first == null || !isSame(first.user(), attempt.user())) {
            verdict.refuse(Refusals.REFUSED);
            return;
        }
        final byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        final String serverNonce = Base64.getEncoder().encodeToString(nonce);
        new ScramExchange(math, accounts.of(attempt.user()), first, serverNonce).begin(verdict);
    }

    private static boolean isSame(String one, String other) {
        return one.equals(other) || one.equals(UserNames.prepared(other));
    }

    private void judgePassword(LogonAttempt attempt, Verdict verdict) {
        final Account account = accounts.of(attempt.user());
        final byte[] digest = remembered.digest(account.user(), attempt.credential());
        if (remembered.isRemembered(account.user(), digest) && account.exists()) {
            verdict.accept(account.user());
        } else if (isPassword(account, attempt.credential())) {
            remembered.remember(account.user(), digest);
            verdict.accept(account.user());
        } else {
            verdict.refuse(Refusals.REFUSED);
        }
    }

    private boolean isPassword(Account account, byte[] credential) {
        final char[] password = password(credential);
        final boolean isKnown = account.verifier().isOf(math, password == null ? NO_PASSWORD : password);
        if (password != null) {
            Arrays.fill(password, '\0');
        }
        return isKnown && password != null && account.exists();
    }

    /** The password that a credential is; null where it can be none. */
    private static char[] password(byte[] credential) {
        try {
            final CharBuffer decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(credential));
            final char[] given = new char[decoded.length()];
            decoded.get(given);
            Arrays.fill(decoded.array(), '\0');
            final char[] prepared = SaslPrep.prepared(given);
            if (prepared != given) {
                Arrays.fill(given, '\0');
            }
            return prepared;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
