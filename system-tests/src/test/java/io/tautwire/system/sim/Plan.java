package io.tautwire.system.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * All that is done to a world, fixed by a seed: what users do, and what breaks. A plan without some of its steps is
 * still a plan.
 */
record Plan(long seed, List<Step> steps) {
    /** From then on nothing is done and nothing breaks: everything must settle. */
    static final long DISTURBED_NS = 1_000_000_000L;

    static Plan of(long seed) {
        final Chance chance = Chance.of(seed, "plan");
        final List<Step> steps = new ArrayList<>();
        final long calmestNs = 1_000_000 + chance.below(6_000_000);
        for (long at = 1_000_000; at < DISTURBED_NS; at += 50_000 + chance.below(calmestNs)) {
            steps.add(new Step(at, Deed.by(chance), chance.below(SimWorld.CLIENTS), chance.next()));
        }
        return new Plan(seed, steps);
    }
}
