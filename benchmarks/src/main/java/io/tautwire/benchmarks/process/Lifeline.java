package io.tautwire.benchmarks.process;

import java.io.IOException;

/** The child's side of a {@link Child}: says the address, and lives until the input ends or a signal comes. */
final class Lifeline {
    /** What comes before the address. */
    static final String READY = "ready ";

    private Lifeline() {}

    /**
     * Serves until whoever started this process closes its input, on purpose or by dying; then ends the process.
     *
     * @param address what to connect to.
     * @param served  closed before the process ends, also when a signal ends it.
     */
    static void serve(String address, AutoCloseable served) throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(served), "child-close"));
        System.out.println(READY + address);
        System.out.flush();
        while (System.in.read() >= 0) {
            // Nothing is ever said to it.
        }
        System.exit(0);
    }

    private static void close(AutoCloseable served) {
        try {
            served.close();
        } catch (Exception e) {
            e.printStackTrace();
        }
    }
}
