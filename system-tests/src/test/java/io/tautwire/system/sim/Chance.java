package io.tautwire.system.sim;

import java.util.Random;

/**
 * Chance, fixed by a seed. Each part of a world draws from a source of its own, so that what one part does differently
 * leaves the luck of the others as it was: a failing plan can be made shorter and still fail.
 */
final class Chance {
    private final Random random;

    private Chance(long seed) {
        random = new Random(seed);
    }

    /** The source of one part, named within the world of this seed. */
    static Chance of(long seed, String part) {
        return new Chance(seed * 0x9E3779B97F4A7C15L ^ part.hashCode() * 0xBF58476D1CE4E5B9L);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long below(long bound) {
        return random.nextLong(bound);
    }

    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    boolean coin() {
        return random.nextBoolean();
    }

    long next() {
        return random.nextLong();
    }

    /** For those who want the JDK's. */
    Random random() {
        return random;
    }
}
