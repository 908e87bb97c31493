package io.tautwire.server.internal.users;

/** Counts what was computed: equal counts are equal work. */
final class CountingMath extends ScramMath {
    private long iterations;
    private int passwords;
    private int hmacs;
    private int hashes;

    @Override
    byte[] saltedPassword(char[] password, byte[] salt, int count) {
        final byte[] salted = super.saltedPassword(password, salt, count); // one that SASLprep refuses is not hashed
        iterations += count;
        passwords++;
        return salted;
    }

    @Override
    byte[] hmac(byte[] key, byte[] message) {
        hmacs++;
        return super.hmac(key, message);
    }

    @Override
    byte[] hash(byte[] message) {
        hashes++;
        return super.hash(message);
    }

    /** What was done since this was called last. */
    String take() {
        final String done =
                "passwords=" + passwords + " iterations=" + iterations + " hmacs=" + hmacs + " hashes=" + hashes;
        iterations = 0;
        passwords = 0;
        hmacs = 0;
        hashes = 0;
        return done;
    }
}
