package io.tautwire.client;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what another thread brings about. */
final class Waiting {
    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(20);

    private Waiting() {}

    static void until(String what, BooleanSupplier holds) {
        final long begin = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - begin > BOUND_NS) {
                throw new AssertionError("it never came to be: " + what);
            }
            Thread.onSpinWait();
        }
    }
}
