package io.tautwire.system.sim;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The long form of the simulation, when asked for: {@code -Dtautwire.simulation.seconds=N}. */
final class LongSimulationTest {
    @Test
    @EnabledIfSystemProperty(named = "tautwire.simulation.seconds", matches = "[0-9]+")
    void keepsEveryPromiseForAsLongAsIsAsked() {
        final long first = Long.getLong("tautwire.simulation.first", 1);
        final long seeds = Long.getLong("tautwire.simulation.seeds", Long.MAX_VALUE);
        new LongSimulation(first, seeds).run(Long.getLong("tautwire.simulation.seconds"));
    }
}
