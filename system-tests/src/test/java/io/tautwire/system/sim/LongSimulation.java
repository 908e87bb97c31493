package io.tautwire.system.sim;

/**
 * The long form: seed after seed, for a time or a count, and how fast that goes. Ends with exit code 1 at the first
 * seed that breaks a promise, after the seed and a minimal trace.
 */
final class LongSimulation {
    private static final long REPORT_EVERY_NS = 10_000_000_000L;

    private LongSimulation() {}

    /** Runs; see system-tests/README.md for the properties. */
    public static void main(String[] args) {
        final long first = Long.getLong("tautwire.simulation.first", 1);
        final long seeds = Long.getLong("tautwire.simulation.seeds", Long.MAX_VALUE - first);
        final long untilNs = Long.getLong("tautwire.simulation.seconds", 60) * 1_000_000_000L;
        final long startNs = System.nanoTime();
        long reportNs = REPORT_EVERY_NS;
        long events = 0;
        long done = 0;
        while (done < seeds && System.nanoTime() - startNs < untilNs) {
            try {
                events += Simulation.check(first + done);
            } catch (AssertionError e) {
                System.out.println(e.getMessage());
                e.printStackTrace(System.out);
                System.exit(1);
            }
            done++;
            if (System.nanoTime() - startNs > reportNs) {
                reportNs += REPORT_EVERY_NS;
                print(first, done, events, System.nanoTime() - startNs);
            }
        }
        print(first, done, events, System.nanoTime() - startNs);
    }

    private static void print(long first, long seeds, long events, long ns) {
        System.out.printf(
                "seeds %d to %d hold: %.1f seeds/s, %,.0f events/s, %.0f s%n",
                first, first + seeds - 1, seeds * 1e9 / ns, events * 1e9 / ns, ns / 1e9);
    }
}
