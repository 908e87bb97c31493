package io.tautwire.cli.ping;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * A thread of the application publishes, waits until the receive thread has told it of the answer, and publishes the
 * next: what a program with its own thread sees. The wait spins for a moment before it parks, but only where cores are
 * to spare for it: with fewer cores than busy threads, spinning delays the very thread it waits for.
 */
final class ApplicationDriven extends RoundTrips {
    /** This thread, the receive thread and the server. */
    private static final int BUSY_THREADS = 3;

    private static final long SPIN_NS =
            Runtime.getRuntime().availableProcessors() > BUSY_THREADS ? TimeUnit.MICROSECONDS.toNanos(50) : 0;

    private final Thread thread = new Thread(this::run, "tautwire-ping");
    private volatile boolean answered;

    ApplicationDriven(LongSupplier offer, long warmup, long count) {
        super(offer, warmup, count);
        thread.setDaemon(true);
    }

    @Override
    CompletableFuture<Histogram> start() {
        done().whenComplete((nanos, failure) -> LockSupport.unpark(thread));
        thread.start();
        return done();
    }

    @Override
    void onAnswer() {
        answered = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        boolean goOn = true;
        while (goOn) {
            answered = false;
            goOn = publish() && awaitAnswer() && record();
        }
    }

    private boolean awaitAnswer() {
        final long startNs = System.nanoTime();
        while (!answered && !done().isDone()) {
            if (System.nanoTime() - startNs < SPIN_NS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
        return answered;
    }
}
