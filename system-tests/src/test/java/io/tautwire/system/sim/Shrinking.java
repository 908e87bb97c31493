package io.tautwire.system.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes a failing plan shorter: drops steps, many at a time and then fewer, as long as the same promise is broken
 * without them. What is left is a real run of its own, not a cut of the first one.
 */
final class Shrinking {
    private static final long BUDGET_NS = 20_000_000_000L;

    private Shrinking() {}

    static Plan shrink(Plan plan, Promise broken, Parts parts) {
        final long untilNs = System.nanoTime() + BUDGET_NS;
        Plan shortest = plan;
        int chunk = Math.max(1, plan.steps().size() / 2);
        while (chunk > 0 && System.nanoTime() < untilNs) {
            final Plan shorter = without(shortest, chunk, broken, parts, untilNs);
            if (shorter.steps().size() == shortest.steps().size()) {
                chunk /= 2;
            } else {
                chunk = Math.min(chunk, Math.max(1, shorter.steps().size() / 2));
            }
            shortest = shorter;
        }
        return shortest;
    }

    private static Plan without(Plan plan, int chunk, Promise broken, Parts parts, long untilNs) {
        Plan shortest = plan;
        for (int from = 0; from < shortest.steps().size() && System.nanoTime() < untilNs; ) {
            final List<Step> steps = new ArrayList<>(shortest.steps());
            steps.subList(from, Math.min(steps.size(), from + chunk)).clear();
            final Plan shorter = new Plan(plan.seed(), steps);
            final Broken failure = Simulation.failure(shorter, parts);
            if (failure != null && failure.promise() == broken) {
                shortest = shorter;
            } else {
                from += chunk;
            }
        }
        return shortest;
    }
}
