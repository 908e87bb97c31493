package io.tautwire.system.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real client core against the real broker, on a virtual clock and wires that misbehave. */
final class SimulationTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void losesDoublesAndReordersNothing(long seed) {
        new SimWorld(seed).run();
    }

    @Test
    void sameSeedGivesTheSameTrace() {
        final SimWorld one = new SimWorld(42);
        final SimWorld two = new SimWorld(42);
        final SimWorld other = new SimWorld(43);
        one.run();
        two.run();
        other.run();
        assertEquals(one.trace().lines(), two.trace().lines());
        assertNotEquals(one.trace().lines(), other.trace().lines());
    }

    @Test
    void worldsMeetTheTroubleTheyAreMeantTo() {
        final SimWorld world = new SimWorld(7);
        world.run();
        assertTrue(world.nextLink() > 8, "links were cut and made again");
        assertTrue(world.clients().stream().mapToInt(SimClient::replaced).sum() > 0, "sessions were replaced");
        assertTrue(
                world.clients().stream()
                        .flatMap(client -> client.outcomes().stream())
                        .anyMatch(code -> code != io.tautwire.codec.sbe.Code.OK),
                "commands were refused");
        assertTrue(world.subscriptions().stream().anyMatch(s -> s.positions().size() > 100), "messages were delivered");
    }
}
