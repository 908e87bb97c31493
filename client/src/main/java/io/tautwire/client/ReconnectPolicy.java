package io.tautwire.client;

import io.tautwire.client.internal.Waits;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a client whose session was lost tries to have one again. An attempt tries the hosts of the connection string in
 * their order. Called on the client's reconnecting thread; must not throw, and must not wait.
 */
@FunctionalInterface
public interface ReconnectPolicy {
    /** What {@link #delayNs} returns to give up. */
    long GIVE_UP = -1;

    /**
     * How long to wait before the next attempt.
     *
     * @param attempt   1 for the first one since the session was lost.
     * @param elapsedNs nanoseconds since then.
     * @param random    for whoever spreads the attempts of many clients.
     * @return nanoseconds, or {@link #GIVE_UP}.
     */
    long delayNs(int attempt, long elapsedNs, RandomGenerator random);

    /**
     * Any time from zero to a bound that doubles with each attempt (full jitter), so that clients which lost their
     * server together do not come back together. The default, with 200 ms and 20 s.
     *
     * @param initial bound of the first delay; positive.
     * @param max     bound of all of them; at least {@code initial}.
     */
    static ReconnectPolicy exponential(Duration initial, Duration max) {
        final long initialNs = Waits.nanos(initial);
        final long maxNs = Waits.nanos(max);
        if (initialNs <= 0 || maxNs < initialNs) {
            throw new IllegalArgumentException(
                    "initial=" + initial + " must be positive, and max=" + max + " not less");
        }
        return (attempt, elapsedNs, random) -> {
            final int doublings = Math.min(attempt - 1, Long.numberOfLeadingZeros(initialNs) - 1);
            final long bound = Math.min(maxNs, initialNs << doublings);
            return bound == Waits.FOREVER ? random.nextLong(bound) : random.nextLong(bound + 1);
        };
    }

    /** The same time before each attempt; not negative. */
    static ReconnectPolicy fixed(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay=" + delay + " is negative");
        }
        final long delayNs = Waits.nanos(delay);
        return (attempt, elapsedNs, random) -> delayNs;
    }

    /** Never, as {@code reconnect=false} in a connection string. */
    static ReconnectPolicy never() {
        return (attempt, elapsedNs, random) -> GIVE_UP;
    }

    /** This policy until so much time has passed since the session was lost; the last attempt comes then. */
    default ReconnectPolicy giveUpAfter(Duration bound) {
        final long boundNs = Waits.nanos(bound);
        return (attempt, elapsedNs, random) -> {
            if (elapsedNs >= boundNs) {
                return GIVE_UP;
            }
            final long delayNs = delayNs(attempt, elapsedNs, random);
            return delayNs < 0 ? GIVE_UP : Math.min(delayNs, boundNs - elapsedNs);
        };
    }
}
