package io.tautwire.system.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The short form of the simulation. */
final class SimulationTest {
    private static final long SEEDS = 200;

    @Test
    void keepsEveryPromiseInEveryWorld() {
        new LongSimulation(1, SEEDS).run(Integer.MAX_VALUE);
    }

    @Test
    void sameSeedGivesTheSameTrace() {
        final SimWorld one = run(42);
        assertEquals(one.trace().lines(), run(42).trace().lines());
        assertNotEquals(one.trace().lines(), run(43).trace().lines());
    }

    @Test
    void worldsMeetTheTroubleTheyAreMeantTo() {
        final List<SimWorld> worlds = new ArrayList<>();
        for (long seed = 1; seed <= 10; seed++) {
            worlds.add(run(seed));
        }
        assertTrue(ends(worlds, Code.DISCONNECTED) > 0, "connections broke");
        assertTrue(ends(worlds, Code.SESSION_REPLACED) > 0, "sessions were replaced");
        assertTrue(ends(worlds, Code.SERVER_CLOSING) > 0, "servers were stopped");
        assertTrue(worlds.stream().mapToInt(world -> world.view().life()).sum() > 2 * 10, "servers were started again");
        assertTrue(
                worlds.stream()
                        .flatMap(world -> world.ledger().holders().stream())
                        .anyMatch(SimulationTest::hasRefusals),
                "commands were refused");
        assertTrue(deliveries(worlds).stream().anyMatch(got -> got.received() > 100), "messages were delivered");
        assertTrue(worlds.stream().anyMatch(world -> world.reopenedStores() > 0), "stores were opened again");
        assertTrue(deliveries(worlds).stream().anyMatch(got -> got.gaps() > 0), "small journals were lapped");
    }

    private static SimWorld run(long seed) {
        final SimWorld world = new SimWorld(Plan.of(seed), new Parts(), true);
        world.run();
        return world;
    }

    private static int ends(List<SimWorld> worlds, Code code) {
        return worlds.stream().mapToInt(world -> world.ends(code)).sum();
    }

    private static boolean hasRefusals(Holder holder) {
        return LongStream.rangeClosed(1, holder.toldTo())
                .anyMatch(sequence -> holder.command(sequence).told() != Code.OK);
    }

    private static List<Deliveries> deliveries(List<SimWorld> worlds) {
        return worlds.stream()
                .flatMap(world -> world.subscriptions().stream())
                .map(SimSubscription::deliveries)
                .toList();
    }
}
