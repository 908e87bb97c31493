package io.tautwire.system.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.Code;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real client core against the real broker, on a virtual clock and wires that misbehave. More seeds than the usual
 * 20 are tried with {@code -Dtautwire.simulation.seeds=N}.
 */
final class SimulationTest {
    private static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("tautwire.simulation.seeds", 20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void losesDoublesAndReordersNothing(long seed) {
        final SimWorld world = SimWorld.roomy(seed);
        world.run();
        assertEquals(0, gaps(world));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void tellsOfEverythingThatASmallJournalDropped(long seed) {
        SimWorld.narrow(seed).run();
    }

    @Test
    void sameSeedGivesTheSameTrace() {
        final SimWorld one = SimWorld.roomy(42);
        final SimWorld two = SimWorld.roomy(42);
        final SimWorld other = SimWorld.roomy(43);
        one.run();
        two.run();
        other.run();
        assertEquals(one.trace().lines(), two.trace().lines());
        assertNotEquals(one.trace().lines(), other.trace().lines());
    }

    @Test
    void worldsMeetTheTroubleTheyAreMeantTo() {
        final SimWorld world = SimWorld.roomy(7);
        world.run();
        assertTrue(world.nextLink() > 8, "links were cut and made again");
        assertTrue(world.clients().stream().mapToInt(SimClient::replaced).sum() > 0, "sessions were replaced");
        assertTrue(
                world.clients().stream()
                        .flatMap(client -> client.outcomes().stream())
                        .anyMatch(code -> code != Code.OK),
                "commands were refused");
        assertTrue(world.subscriptions().stream().anyMatch(s -> s.positions().size() > 100), "messages were delivered");
    }

    @Test
    void smallJournalsAreLapped() {
        final SimWorld world = SimWorld.narrow(7);
        world.run();
        assertTrue(gaps(world) > 10, "gaps=" + gaps(world));
    }

    private static int gaps(SimWorld world) {
        return world.subscriptions().stream()
                        .mapToInt(subscription -> subscription.gaps().size())
                        .sum()
                / 2;
    }
}
