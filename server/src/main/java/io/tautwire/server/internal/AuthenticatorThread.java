package io.tautwire.server.internal;

import io.tautwire.server.LogonAttempt;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.Verdict;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks the authenticator, on a thread of its own, from a bounded queue: a logon that finds it full is refused, for its
 * client would have given up before its turn.
 */
final class AuthenticatorThread implements AutoCloseable {
    private static final int QUEUE_CAPACITY = 1024;
    private static final long CLOSE_TIMEOUT_MS = 500;

    private final ServerAuthenticator authenticator;
    private final ThreadPoolExecutor executor;

    /** What became of an attempt: called once, on any thread. */
    interface Outcome extends Verdict {
        /** The authenticator, or what it said, is at fault: the logon is refused. */
        void fail(String what, Throwable cause);
    }

    AuthenticatorThread(ServerAuthenticator authenticator, String threadName) {
        this.authenticator = authenticator;
        this.executor =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE_CAPACITY), task -> {
                    final Thread thread = new Thread(task, threadName);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Has an attempt judged; the outcome comes later. */
    void submit(LogonAttempt attempt, Outcome outcome) {
        final Verdict once = new OneVerdict(attempt, outcome);
        try {
            executor.execute(() -> judge(attempt, once, outcome));
        } catch (RejectedExecutionException e) {
            outcome.fail("the queue of attempts is full: queue=" + QUEUE_CAPACITY, null);
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

    private void judge(LogonAttempt attempt, Verdict once, Outcome outcome) {
        try {
            authenticator.authenticate(attempt, once);
        } catch (RuntimeException e) {
            outcome.fail("the authenticator failed for " + attempt, e);
        }
    }

    /** Lets the first verdict pass, and overwrites the credential with it. */
    private static final class OneVerdict implements Verdict {
        private final LogonAttempt attempt;
        private final Outcome outcome;
        private final AtomicBoolean isGiven = new AtomicBoolean();

        OneVerdict(LogonAttempt attempt, Outcome outcome) {
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
            if (isFirst()) {
                outcome.challenge(challenge.clone());
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
