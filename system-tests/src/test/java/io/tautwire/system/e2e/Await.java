package io.tautwire.system.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits on conditions, always with a bound. */
public final class Await {
    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private Await() {}

    /** Lets others run. */
    static void moment() {
        LockSupport.parkNanos(LOOK_AGAIN_NS);
    }

    /** Waits until something is so; the test fails when it never is. */
    public static void until(String what, BooleanSupplier isSo) {
        final long begin = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - begin > BOUND_NS) {
                fail("waited in vain until " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }

    /** Waits until a number is reached, and says how far it came when it is not. */
    public static void until(String what, long expected, LongSupplier number) {
        final long begin = System.nanoTime();
        while (number.getAsLong() < expected) {
            if (System.nanoTime() - begin > BOUND_NS) {
                fail("waited in vain until " + what + " reached " + expected + ", it is " + number.getAsLong());
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }
}
