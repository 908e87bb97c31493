package io.tautwire.server.internal.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The users there are, and for every other name an account that looks the same from outside: with a salt and a count of
 * iterations that stay the same as long as the process lives, and that no password fits. The length of its salt and its
 * count are those of a user there is, chosen by the name: so in a file of mixed counts, too, an unknown name gets each
 * as often as known ones have it. Any thread.
 */
final class Accounts {
    /** What an unknown user looks like where there is none to look like. */
    private static final int SALT_LENGTH = 16;

    private final ScramMath math;
    private final Map<String, Account> byUser = new HashMap<>();
    private final List<Verifier> likeness = new ArrayList<>();
    private final byte[] key = new byte[ScramMath.KEY_LENGTH];

    /**
     * Takes these users.
     *
     * @param random where the key comes from that unknown users' salts are made with.
     */
    Accounts(Collection<UserEntry> entries, ScramMath math, Random random, int defaultIterations) {
        this.math = math;
        random.nextBytes(key);
        for (final UserEntry entry : entries) {
            byUser.put(entry.user(), new Account(entry.user(), entry.verifier(), true));
            likeness.add(entry.verifier());
        }
        if (likeness.isEmpty()) {
            likeness.add(new Verifier(new byte[SALT_LENGTH], defaultIterations, key, key));
        }
    }

    /** The account of a name as a client gives it. The same work is done whether the user is known or not. */
    Account of(String user) {
        final String prepared = UserNames.prepared(user);
        final Account nobody = nobody(prepared == null ? user : prepared);
        return prepared == null ? nobody : byUser.getOrDefault(prepared, nobody);
    }

    /** How many users there are. */
    int size() {
        return byUser.size();
    }

    private Account nobody(String name) {
        final byte[] seed = derive("likeness", name);
        final int chosen =
                (((seed[0] & 0x7F) << 24) | ((seed[1] & 0xFF) << 16) | ((seed[2] & 0xFF) << 8) | (seed[3] & 0xFF))
                        % likeness.size();
        final Verifier like = likeness.get(chosen);
        final byte[] salt = new byte[like.salt().length];
        for (int done = 0; done < salt.length; done += ScramMath.KEY_LENGTH) {
            final byte[] part = derive("salt " + done, name);
            System.arraycopy(part, 0, salt, done, Math.min(part.length, salt.length - done));
        }
        final byte[] noKey = derive("key", name); // never fits: whoever asks looks at exists, too
        return new Account("", new Verifier(salt, like.iterations(), noKey, noKey), false);
    }

    private byte[] derive(String what, String name) {
        return math.hmac(key, (what + '\0' + name).getBytes(UTF_8));
    }
}
