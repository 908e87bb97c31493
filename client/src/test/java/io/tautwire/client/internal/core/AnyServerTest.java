package io.tautwire.client.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One store, many sessions and processes, and servers whose limits and room change: each command has one outcome. */
class AnyServerTest {
    private static final int ROUNDS = 4_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyCommandIsTakenOnceInOrderAndToldItsOutcome(long seed) {
        final CommandsWorld world = new CommandsWorld(seed);
        for (int i = 0; i < ROUNDS; i++) {
            world.step();
        }
        world.settle();
        assertTrue(world.published() > 100, "seed=" + seed + " published=" + world.published());
        assertEquals(world.published(), world.taken().size(), "seed=" + seed);
        assertEquals(world.taken(), world.told(), "seed=" + seed);
        assertTrue(world.taken().stream().anyMatch(one -> one.contains("MESSAGE_TOO_LARGE")), "seed=" + seed);
    }
}
