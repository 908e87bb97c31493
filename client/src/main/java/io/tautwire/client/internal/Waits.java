package io.tautwire.client.internal;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Blocking waits: they spin for a bounded moment, where there is a core to spare, before they park. */
public final class Waits {
    /** How long to spin: about what a park and its wake-up cost on an idle core. */
    static final long SPIN_NS = Runtime.getRuntime().availableProcessors() > 1 ? 20_000 : 0;

    /** Stands for waiting without a bound. */
    public static final long FOREVER = Long.MAX_VALUE;

    private static final Duration LONGEST = Duration.ofNanos(FOREVER);

    private Waits() {}

    /** A bound in nanoseconds; what is longer than a long holds, some 292 years, is {@link #FOREVER}. */
    public static long nanos(Duration bound) {
        if (bound.isNegative()) {
            return 0;
        }
        return bound.compareTo(LONGEST) < 0 ? bound.toNanos() : FOREVER;
    }

    /**
     * Waits for a result.
     *
     * @param timeoutNs bound, or {@link #FOREVER}.
     * @param late      makes the exception for when the bound has passed.
     * @throws TautwireException the future's own, {@code late}'s, or INTERRUPTED, with the thread's flag set again.
     */
    public static <T> T get(CompletableFuture<T> future, long timeoutNs, Supplier<TautwireException> late) {
        spin(future, Math.min(SPIN_NS, timeoutNs));
        try {
            return timeoutNs == FOREVER ? future.get() : future.get(timeoutNs, NANOSECONDS);
        } catch (TimeoutException e) {
            throw late.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw asTautwire(e.getCause());
        }
    }

    /** The exception for a wait that was interrupted. */
    static TautwireException interrupted(InterruptedException cause) {
        return new TautwireException(Code.INTERRUPTED, "the waiting thread was interrupted", cause);
    }

    private static void spin(CompletableFuture<?> future, long spinNs) {
        final long begin = System.nanoTime();
        while (!future.isDone() && System.nanoTime() - begin < spinNs) {
            Thread.onSpinWait();
        }
    }

    /** The same exception again, seen from the thread that waits; its own stack is the cause's. */
    private static TautwireException asTautwire(Throwable failure) {
        if (failure instanceof TautwireException known) {
            return new TautwireException(known.code(), known.detail(), known);
        }
        return new TautwireException(Code.INTERNAL, String.valueOf(failure), failure);
    }
}
