package io.tautwire.system.sim;

/** Seed after seed, for a time or a count, and how fast that goes. */
final class LongSimulation {
    private static final long REPORT_EVERY_NS = 10_000_000_000L;

    private final long first;
    private final long seeds;
    private final long startNs = System.nanoTime();
    private long done;
    private long events;

    LongSimulation(long first, long seeds) {
        this.first = first;
        this.seeds = seeds;
    }

    /**
     * Runs until all seeds are done or the time is over.
     *
     * @throws AssertionError at the first seed that breaks a promise, with a minimal trace.
     */
    void run(long seconds) {
        long reportNs = REPORT_EVERY_NS;
        while (done < seeds && elapsedNs() < seconds * 1_000_000_000L) {
            events += Simulation.check(first + done);
            done++;
            if (elapsedNs() > reportNs) {
                reportNs += REPORT_EVERY_NS;
                System.out.println(this);
            }
        }
        System.out.println(this);
    }

    @Override
    public String toString() {
        final double seconds = elapsedNs() / 1e9;
        return String.format(
                "simulation: seeds %d to %d hold, %.1f seeds/s, %,.0f events/s, %.0f s",
                first, first + done - 1, done / seconds, events / seconds, seconds);
    }

    private long elapsedNs() {
        return System.nanoTime() - startNs;
    }
}
