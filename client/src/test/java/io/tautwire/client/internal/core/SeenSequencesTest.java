package io.tautwire.client.internal.core;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SeenSequencesTest {
    private final SeenSequences seen = new SeenSequences();

    @Test
    void whatIsNotBeyondTheLastOneWasSeen() {
        assertFalse(seen.isSeen(7, 3));
        seen.add(7, 3);
        assertTrue(seen.isSeen(7, 3));
        assertTrue(seen.isSeen(7, 1));
        assertFalse(seen.isSeen(7, 4));
        assertFalse(seen.isSeen(8, 3));
    }

    @Test
    void everyNumberIsAnIncarnation() {
        for (final long incarnation : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertFalse(seen.isSeen(incarnation, 1));
            seen.add(incarnation, 1);
            assertTrue(seen.isSeen(incarnation, 1));
        }
    }

    @Test
    void turnsOfManyPublishersAreKeptApart() {
        for (int sequence = 1; sequence <= 5; sequence++) {
            for (int incarnation = 1; incarnation <= 1000; incarnation++) {
                assertFalse(seen.isSeen(incarnation, sequence));
                seen.add(incarnation, sequence);
                assertTrue(seen.isSeen(incarnation, sequence));
            }
        }
    }

    @Test
    void isBoundedAndForgetsThoseThatWereSilentLongest() {
        final int many = SeenSequences.MAX_INCARNATIONS;
        for (int incarnation = 1; incarnation <= 10 * many; incarnation++) {
            seen.add(incarnation, 1);
            seen.add(1, incarnation); // never silent
        }
        assertTrue(seen.isSeen(1, 10 * many));
        assertTrue(seen.isSeen(10L * many - many / 4, 1));
        assertFalse(seen.isSeen(2, 1));
    }
}
