package io.tautwire.system.sim;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation can fail: each planted bug breaks a promise within a bounded number of seeds. */
final class PlantedBugTest {
    private static final int MAX_SEEDS = 50;

    @ParameterizedTest
    @EnumSource
    void isFoundWithinABoundedNumberOfSeeds(PlantedBug bug) {
        for (int seed = 1; seed <= MAX_SEEDS; seed++) {
            final Broken broken = Simulation.failure(Plan.of(seed), bug.parts());
            if (broken != null) {
                System.out.printf("planted bug %s: found by seed %d: %s%n", bug, seed, broken.getMessage());
                return;
            }
        }
        fail(bug + " was not found within seeds=" + MAX_SEEDS);
    }
}
