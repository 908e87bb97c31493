package io.tautwire.server.internal;

import io.tautwire.server.LogonAttempt;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.Verdict;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Asks the authenticator, on a thread of its own, from a bounded queue: a logon that finds it full is refused, for its
 * client would have given up before its turn. One whose client has given up meanwhile is not judged any more: after a
 * pause of the authenticator it would only make the next ones late, too.
 */
final class AuthenticatorThread implements AutoCloseable {
    private static final int QUEUE_CAPACITY = 1024;
    private static final long CLOSE_TIMEOUT_MS = 500;

    private final ServerAuthenticator authenticator;
    private final ThreadPoolExecutor executor;
    private final long timeoutNs;
    private final LongSupplier clockNs;

    /** What became of an attempt: called once, on any thread. */
    interface Outcome extends Verdict {
        /** The authenticator, or what it said, is at fault: the logon is refused. */
        void fail(String what, Throwable cause);
    }

    /**
     * A thread that starts with the first attempt.
     *
     * @param timeoutNs how long a client waits for its verdict, in nanoseconds.
     * @param clockNs   monotonic, for any thread.
     */
    AuthenticatorThread(ServerAuthenticator authenticator, String threadName, long timeoutNs, LongSupplier clockNs) {
        this.authenticator = authenticator;
        this.timeoutNs = timeoutNs;
        this.clockNs = clockNs;
        this.executor =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE_CAPACITY), task -> {
                    final Thread thread = new Thread(task, threadName);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Has an attempt judged; the outcome comes later.
     *
     * @param judge whom the challenge that this answers named; null for the authenticator.
     */
    void submit(ServerAuthenticator judge, LogonAttempt attempt, Outcome outcome) {
        final ServerAuthenticator asked = judge == null ? authenticator : judge;
        final OneVerdict once = new OneVerdict(asked, attempt, outcome);
        final long submittedNs = clockNs.getAsLong();
        try {
            executor.execute(() -> judge(asked, attempt, once, submittedNs));
        } catch (RejectedExecutionException e) {
            once.fail("the queue of attempts is full: queue=" + QUEUE_CAPACITY, null);
        }
    }

    /** Ends the thread; attempts not judged yet get no verdict. Waits for a moment. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            executor.awaitTermination(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void judge(ServerAuthenticator asked, LogonAttempt attempt, OneVerdict once, long submittedNs) {
        if (clockNs.getAsLong() - submittedNs >= timeoutNs) {
            once.fail("its turn came too late for " + attempt + "; have the authenticator answer faster", null);
            return;
        }
        try {
            asked.authenticate(attempt, once);
        } catch (Throwable t) { // an Error of a plug-in, too, must not leave a client waiting
            once.fail("the authenticator failed for " + attempt, Secrets.withhold(t, attempt));
        }
    }

    /** Lets the first verdict pass, and overwrites the credential with it. */
    private static final class OneVerdict implements Outcome {
        private final ServerAuthenticator asked;
        private final LogonAttempt attempt;
        private final Outcome outcome;
        private final AtomicBoolean isGiven = new AtomicBoolean();

        OneVerdict(ServerAuthenticator asked, LogonAttempt attempt, Outcome outcome) {
            this.asked = asked;
            this.attempt = attempt;
            this.outcome = outcome;
        }

        @Override
        public void accept(String user) {
            if (isFirst()) {
                outcome.accept(user);
            }
        }

        @Override
        public void refuse(String reason) {
            if (isFirst()) {
                outcome.refuse(reason);
            }
        }

        @Override
        public void challenge(byte[] challenge) {
            challenge(challenge, asked);
        }

        @Override
        public void challenge(byte[] challenge, ServerAuthenticator next) {
            final byte[] copy = challenge.clone();
            Objects.requireNonNull(next, "next");
            if (isFirst()) {
                outcome.challenge(copy, next);
            }
        }

        @Override
        public void fail(String what, Throwable cause) {
            if (isFirst()) {
                outcome.fail(what, cause);
            }
        }

        private boolean isFirst() {
            final boolean isFirst = isGiven.compareAndSet(false, true);
            if (isFirst) {
                Arrays.fill(attempt.credential(), (byte) 0);
            }
            return isFirst;
        }
    }
}
