package io.tautwire.cli.terminal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The user's wish to end (Ctrl-C, SIGTERM), which commands look at between two steps. Any thread may ask for it and
 * look at it.
 *
 * <p>It rests on a JVM shutdown hook rather than on signal handlers, which are not public API: the hook asks the
 * command to stop, gives it {@value #GRACE_SECONDS} seconds, and ends the JVM with the command's own exit code where
 * the JVM would have said 130 or 143.
 */
public final class Stop {
    private static final long GRACE_SECONDS = 10;
    private static final int FAILED = 1;

    private final CompletableFuture<Void> requested = new CompletableFuture<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger(FAILED);

    /** Asks the command to end. */
    public void request() {
        requested.complete(null);
    }

    /** True once somebody asked. */
    public boolean requested() {
        return requested.isDone();
    }

    /** Completes when somebody asks; to be waited for together with something else. */
    public CompletableFuture<Void> asFuture() {
        return requested.copy();
    }

    /**
     * Waits until somebody asks, or the time is over.
     *
     * @param timeoutNs how long, in nanoseconds.
     * @throws InterruptedException if this thread is interrupted meanwhile.
     */
    public void await(long timeoutNs) throws InterruptedException {
        try {
            requested.get(timeoutNs, TimeUnit.NANOSECONDS);
        } catch (final TimeoutException e) {
            // As good an end of the wait as the other.
        } catch (final ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes signals ask. Once per process. */
    public void onSignals() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::endOnSignal, "tautwire-stop"));
    }

    /**
     * The command is done: ends the process, or lets the hook that waits for the command end it.
     *
     * @param code exit code.
     */
    public void exit(int code) {
        exitCode.set(code);
        finished.countDown();
        System.exit(code);
    }

    private void endOnSignal() {
        if (finished.getCount() > 0) {
            request();
            try {
                finished.await(GRACE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(exitCode.get());
        }
    }
}
