package io.tautwire.codec;

import java.util.Random;
import java.util.function.Consumer;

/**
 * Runs a test for many seeds, and names the one that fails. A build always runs the same ones; others are explored with
 * {@code -Dtautwire.seed=N}.
 */
final class Seeds {
    private static final long FIRST = Long.getLong("tautwire.seed", 1);

    private Seeds() {}

    static void each(int count, Consumer<Random> test) {
        for (long seed = FIRST; seed < FIRST + count; seed++) {
            try {
                test.accept(new Random(seed));
            } catch (final RuntimeException | AssertionError e) {
                throw new AssertionError("fails with -Dtautwire.seed=" + seed, e);
            }
        }
    }
}
