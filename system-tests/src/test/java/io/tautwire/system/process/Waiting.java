package io.tautwire.system.process;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits of a process whose parent bounds them: it is killed when it takes too long. */
final class Waiting {
    private static final long MOMENT_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private Waiting() {}

    static void until(BooleanSupplier isSo) {
        while (!isSo.getAsBoolean()) {
            moment();
        }
    }

    static void moment() {
        LockSupport.parkNanos(MOMENT_NS);
    }
}
