package io.tautwire.system.sim;

/** Runs worlds, and tells what became of them. */
final class Simulation {
    private static final int TRACE_LINES = 60;

    private Simulation() {}

    /** What a plan leads to; null when every promise is kept. */
    static Broken failure(Plan plan, Parts parts) {
        return run(new SimWorld(plan, parts, false));
    }

    /** Runs one seed. Returns how many events there were; throws with seed and a minimal trace. */
    static long check(long seed) {
        final Plan plan = Plan.of(seed);
        final SimWorld world = new SimWorld(plan, new Parts(), false);
        final Broken broken = run(world);
        if (broken != null) {
            throw new AssertionError(report(plan, new Parts(), broken), broken);
        }
        return world.time().events();
    }

    /** The seed, what broke, and the shortest plan found that still breaks it, with the end of its trace. */
    static String report(Plan plan, Parts parts, Broken broken) {
        final Plan shortest = Shrinking.shrink(plan, broken.promise(), parts);
        final SimWorld world = new SimWorld(shortest, parts, true);
        final Broken again = run(world);
        final StringBuilder text = new StringBuilder()
                .append("seed=")
                .append(plan.seed())
                .append(" broke ")
                .append(broken.getMessage())
                .append("\n")
                .append(shortest.steps().size())
                .append(" of its ")
                .append(plan.steps().size())
                .append(" steps are enough to break ")
                .append(again == null ? "nothing (not repeatable!)" : again.getMessage())
                .append("\n");
        shortest.steps().forEach(step -> text.append("  ").append(step).append("\n"));
        text.append("the end of its trace, ")
                .append(String.format("%.6f", world.time().nowNs() / 1e6))
                .append(" ms:\n");
        final var lines = world.trace().lines().stream()
                .filter(line -> !line.contains(" bytes "))
                .toList();
        lines.subList(Math.max(0, lines.size() - TRACE_LINES), lines.size())
                .forEach(line -> text.append("  ").append(line).append("\n"));
        return text.toString();
    }

    private static Broken run(SimWorld world) {
        try {
            world.run();
            return null;
        } catch (Broken e) {
            return e;
        }
    }
}
