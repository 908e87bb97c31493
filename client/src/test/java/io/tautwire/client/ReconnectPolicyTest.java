package io.tautwire.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LAST = Duration.ofSeconds(20);

    private final RandomGenerator random = new SplittableRandom(1);

    @Test
    void delaysAreAnythingFromZeroToABoundThatDoubles() {
        final ReconnectPolicy policy = ReconnectPolicy.exponential(FIRST, LAST);
        for (int attempt = 1; attempt <= 100; attempt++) {
            final long bound = (long) Math.min(LAST.toNanos(), FIRST.toNanos() * Math.pow(2, attempt - 1));
            long longest = 0;
            long shortest = Long.MAX_VALUE;
            for (int i = 0; i < 500; i++) {
                final long delay = policy.delayNs(attempt, 0, random);
                longest = Math.max(longest, delay);
                shortest = Math.min(shortest, delay);
            }
            assertTrue(longest <= bound && longest > bound * 9 / 10, "attempt=" + attempt + " longest=" + longest);
            assertTrue(shortest >= 0 && shortest < bound / 10, "attempt=" + attempt + " shortest=" + shortest);
        }
    }

    @Test
    void theLongestBoundsAreBoundsToo() {
        final Duration forEver = ChronoUnit.FOREVER.getDuration();
        final ReconnectPolicy policy = ReconnectPolicy.exponential(Duration.ofNanos(1), forEver);
        for (int attempt = 1; attempt <= 200; attempt++) {
            assertTrue(policy.delayNs(attempt, 0, random) >= 0);
        }
        assertTrue(ReconnectPolicy.exponential(forEver, forEver).delayNs(Integer.MAX_VALUE, 0, random) >= 0);
    }

    @Test
    void aFixedDelayIsAlwaysTheSame() {
        final ReconnectPolicy policy = ReconnectPolicy.fixed(LAST);
        assertEquals(LAST.toNanos(), policy.delayNs(1, 0, random));
        assertEquals(LAST.toNanos(), policy.delayNs(1000, Long.MAX_VALUE, random));
    }

    @Test
    void givesUpAfterATimeWithOneMoreAttemptThen() {
        final ReconnectPolicy policy =
                ReconnectPolicy.fixed(Duration.ofSeconds(3)).giveUpAfter(Duration.ofSeconds(7));
        assertEquals(Duration.ofSeconds(3).toNanos(), policy.delayNs(1, 0, random));
        assertEquals(
                Duration.ofSeconds(1).toNanos(),
                policy.delayNs(3, Duration.ofSeconds(6).toNanos(), random));
        assertEquals(
                ReconnectPolicy.GIVE_UP, policy.delayNs(4, Duration.ofSeconds(7).toNanos(), random));
    }

    @Test
    void neverIsNever() {
        assertEquals(ReconnectPolicy.GIVE_UP, ReconnectPolicy.never().delayNs(1, 0, random));
        assertEquals(
                ReconnectPolicy.GIVE_UP,
                ReconnectPolicy.never().giveUpAfter(LAST).delayNs(1, 0, random));
    }

    @Test
    void boundsThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ReconnectPolicy.exponential(LAST, FIRST));
        assertThrows(IllegalArgumentException.class, () -> ReconnectPolicy.exponential(Duration.ZERO, LAST));
        assertThrows(IllegalArgumentException.class, () -> ReconnectPolicy.fixed(Duration.ofMillis(-1)));
    }
}
