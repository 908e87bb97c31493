package io.tautwire.server.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.server.LogonAttempt;
import io.tautwire.server.ServerAuthenticator;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AuthenticatorThreadTest {
    private static final long TIMEOUT_NS = 1000;

    private volatile ServerAuthenticator judge;
    private volatile Throwable cause;
    private final AtomicLong nowNs = new AtomicLong();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();

    @Test
    void anAttemptWhoseClientHasGivenUpIsNotJudged() throws InterruptedException {
        final CountDownLatch release = new CountDownLatch(1);
        try (AuthenticatorThread thread = thread((attempt, verdict) -> {
            asked.add(attempt.user());
            awaitOr(release, attempt.user().equals("first"));
            verdict.accept(attempt.user());
        })) {
            submit(thread, "first");
            assertEquals("first", next(asked));
            final LogonAttempt late = submit(thread, "late");
            nowNs.set(TIMEOUT_NS);
            release.countDown();
            submit(thread, "next");
            assertEquals("accepted first", next(outcomes));
            assertTrue(next(outcomes).startsWith("failed"));
            assertEquals("accepted next", next(outcomes));
            assertEquals("next", next(asked));
            assertArrayEquals(new byte[6], late.credential());
        }
    }

    @Test
    void whateverThePluginThrowsIsAnOutcome() throws InterruptedException {
        try (AuthenticatorThread thread = thread((attempt, verdict) -> {
            throw new NoClassDefFoundError("Ldap");
        })) {
            final LogonAttempt attempt = submit(thread, "alice");
            final String outcome = next(outcomes);
            assertTrue(outcome.startsWith("failed") && !outcome.contains("secret"), outcome);
            assertArrayEquals(new byte[6], attempt.credential());
        }
    }

    @Test
    void whatThePluginThrowsAfterItsVerdictChangesNothing() throws InterruptedException {
        try (AuthenticatorThread thread = thread((attempt, verdict) -> {
            verdict.challenge(new byte[1]);
            throw new IllegalStateException("late");
        })) {
            submit(thread, "alice");
            submit(thread, "bob");
            assertEquals("challenged alice", next(outcomes));
            assertEquals("challenged bob", next(outcomes));
        }
    }

    @Test
    void anAnswerIsJudgedByWhomTheChallengeNamedAndOneWithoutANameByWhoeverChallenged() throws InterruptedException {
        final ServerAuthenticator second = (attempt, verdict) -> verdict.challenge(new byte[1]);
        try (AuthenticatorThread thread = thread((attempt, verdict) -> verdict.challenge(new byte[1], second))) {
            submit(thread, "alice");
            assertEquals("challenged alice", next(outcomes));
            assertSame(second, judge);
            submit(thread, judge, "alice");
            assertEquals("challenged alice", next(outcomes));
            assertSame(second, judge);
        }
    }

    @Test
    void anExceptionThatHoldsWhatTheClientSentIsNotShown() throws InterruptedException {
        for (final String user : List.of("eyJ0b2tlbg", "alice")) {
            final String credential = user.equals("alice") ? "sesame-7342" : "";
            try (AuthenticatorThread thread = thread((attempt, verdict) -> {
                throw new IllegalStateException(
                        "cannot judge", new IllegalArgumentException(user + new String(attempt.credential())));
            })) {
                thread.submit(
                        null,
                        new LogonAttempt(user, credential.getBytes(), "client", "peer", 1, true, ""),
                        new Told(user));
                final String outcome = next(outcomes);
                assertTrue(outcome.startsWith("failed"), outcome);
                final StringWriter text = new StringWriter();
                cause.printStackTrace(new PrintWriter(text));
                final String secret = credential.isEmpty() ? user : credential;
                assertFalse((outcome + text).contains(secret), outcome + text);
                assertTrue(text.toString().contains("java.lang.IllegalStateException"), text.toString());
                assertTrue(text.toString().contains("AuthenticatorThreadTest"), text.toString());
            }
        }
    }

    private AuthenticatorThread thread(ServerAuthenticator authenticator) {
        return new AuthenticatorThread(authenticator, "authenticator-under-test", TIMEOUT_NS, nowNs::get);
    }

    private LogonAttempt submit(AuthenticatorThread thread, String user) {
        return submit(thread, null, user);
    }

    private LogonAttempt submit(AuthenticatorThread thread, ServerAuthenticator named, String user) {
        final LogonAttempt attempt = new LogonAttempt(user, "secret".getBytes(), "client", "peer", 1, true, "");
        thread.submit(named, attempt, new Told(user));
        return attempt;
    }

    private static String next(BlockingQueue<String> queue) throws InterruptedException {
        return queue.poll(10, TimeUnit.SECONDS);
    }

    private static void awaitOr(CountDownLatch latch, boolean isToWait) {
        try {
            if (isToWait) {
                latch.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes down what became of the attempt of one user. */
    private final class Told implements AuthenticatorThread.Outcome {
        private final String attempting;

        Told(String attempting) {
            this.attempting = attempting;
        }

        @Override
        public void accept(String user) {
            outcomes.add("accepted " + user);
        }

        @Override
        public void refuse(String reason) {
            outcomes.add("refused " + attempting + " " + reason);
        }

        @Override
        public void challenge(byte[] challenge) {
            outcomes.add("challenged " + attempting);
        }

        @Override
        public void challenge(byte[] challenge, ServerAuthenticator next) {
            judge = next;
            challenge(challenge);
        }

        @Override
        public void fail(String what, Throwable thrown) {
            cause = thrown;
            outcomes.add("failed " + what);
        }
    }
}
