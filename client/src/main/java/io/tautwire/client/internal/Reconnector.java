package io.tautwire.client.internal;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.core.Outages;
import io.tautwire.codec.sbe.Code;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the session come back: while it is lost, and somebody wishes for it, a thread waits and tries in turns, and ends
 * with the next session. The lock guards the wish and which thread it is; nothing waits under it, and no foreign code
 * runs there.
 */
final class Reconnector {
    private static final Logger LOGGER = LoggerFactory.getLogger(Reconnector.class);
    private static final long END_TIMEOUT_NS = SECONDS.toNanos(4);

    /** Makes one attempt, and waits for it. */
    interface Attempt {
        /**
         * Tries each host in turn.
         *
         * @param stop tells, also from within, that nobody wishes for the session any more.
         * @throws TautwireException if there is none.
         */
        void run(Wish wish, Stop stop);
    }

    /** Whether a thread has been asked to stop. */
    @FunctionalInterface
    interface Stop {
        boolean isRequested();
    }

    /** What becomes of it when a session was lost. */
    enum Fate {
        /** Another one follows by itself. */
        COMES_BACK,
        /** Nobody wishes for another one. */
        OVER,
        /** One was wished for, and it is no use to try. */
        GIVEN_UP
    }

    private final String clientName;
    private final Outages outages;
    private final ConnectionEvents events;
    private final SharedSubscriptions subscriptions;
    private final Attempt attempt;
    private final Object lock = new Object();

    /** Guarded by the lock; null when nobody wishes for a session. */
    private Wish wish;

    /** Guarded by the lock; null while there is nothing to bring back. */
    private Run run;

    /** Guarded by the lock: the thread that was started last. */
    private Worker worker;

    /** Guarded by the lock: the session that the run has made was lost before the run had ended. */
    private Loss lostAgain;

    Reconnector(
            String clientName,
            Outages outages,
            ConnectionEvents events,
            SharedSubscriptions subscriptions,
            Attempt attempt) {
        this.clientName = clientName;
        this.outages = outages;
        this.events = events;
        this.subscriptions = subscriptions;
        this.attempt = attempt;
    }

    /** From now on a session that is lost shall come back. */
    void wish(Wish is) {
        synchronized (lock) {
            wish = is;
        }
    }

    /** Makes the first session, too. */
    void begin(Wish is) {
        subscriptions.open();
        synchronized (lock) {
            wish = is;
            start(new Loss(Code.OK, "", true));
        }
    }

    /** Whether there is no session, and one will come by itself. */
    boolean isAtWork() {
        synchronized (lock) {
            return run != null;
        }
    }

    /** Whether the caller is its thread. */
    boolean isCurrent() {
        return Thread.currentThread() instanceof Worker current && current.isOf(this);
    }

    /**
     * A session that was logged on is over; on its thread.
     *
     * @return what becomes of that.
     */
    Fate onLost(Code code, String reason) {
        synchronized (lock) {
            if (wish == null) {
                return Fate.OVER;
            }
            if (Outages.isFinal(code)) {
                wish = null;
                return Fate.GIVEN_UP;
            }
            final Loss loss = new Loss(code, reason, false);
            if (run == null) {
                start(loss);
            } else {
                lostAgain = loss;
            }
            return Fate.COMES_BACK;
        }
    }

    /**
     * Nobody wishes for a session any more. Does not wait.
     *
     * @return whether one was about to come.
     */
    boolean stop() {
        synchronized (lock) {
            final boolean wasAtWork = run != null;
            wish = null;
            lostAgain = null;
            if (wasAtWork) {
                run.stopped.countDown();
                run = null;
            }
            return wasAtWork;
        }
    }

    /** Waits until the thread that was stopped has ended, a bounded time. */
    void awaitEnd() {
        final Worker last;
        synchronized (lock) {
            last = worker;
            worker = null;
        }
        try {
            if (last != null) {
                NANOSECONDS.timedJoin(last, END_TIMEOUT_NS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Under the lock. */
    private void start(Loss loss) {
        run = new Run(wish, loss);
        lostAgain = null;
        worker = new Worker(run);
        worker.start();
    }

    /** The thread. */
    private final class Worker extends Thread {
        Worker(Run run) {
            super(run::bringBack, "tautwire-client-" + clientName + "-reconnect");
            setDaemon(true);
        }

        boolean isOf(Reconnector other) {
            return other == Reconnector.this;
        }
    }

    /** Why there is no session. */
    private record Loss(Code code, String reason, boolean isFirst) {}

    /** From a loss to the next session, or to giving up. */
    private final class Run implements Stop {
        private final Wish wished;
        private final Loss first;
        private final CountDownLatch stopped = new CountDownLatch(1);

        Run(Wish wished, Loss first) {
            this.wished = wished;
            this.first = first;
        }

        @Override
        public boolean isRequested() {
            return stopped.getCount() == 0;
        }

        private void bringBack() {
            for (Loss loss = first; loss != null; loss = over()) {
                outages.begin(loss.code, System.nanoTime());
                if (!awaitSession(loss)) {
                    return;
                }
            }
        }

        /** Whether there is a session; else it was stopped, or has given up. */
        private boolean awaitSession(Loss loss) {
            Code code = loss.code;
            String reason = loss.reason;
            boolean isDue = loss.isFirst;
            while (!isRequested()) {
                final long delayNs = isDue ? 0 : outages.nextDelayNs(System.nanoTime());
                if (delayNs == Outages.GIVE_UP) {
                    giveUp(code, reason);
                    return false;
                }
                if (!isDue) {
                    LOGGER.info(
                            "client={} has no session code={} reason={} nextAttemptMs={}",
                            clientName,
                            code,
                            reason,
                            delayNs / 1_000_000);
                    events.onDisconnected(code, reason, delayNs);
                }
                isDue = false;
                if (isStoppedWithin(delayNs)) {
                    return false;
                }
                try {
                    attempt.run(wished, this);
                    return true;
                } catch (TautwireException e) {
                    code = e.code();
                    reason = e.detail();
                } catch (Throwable t) {
                    code = Code.INTERNAL;
                    reason = t.toString();
                }
                if (isHopeless(code) && !isRequested()) {
                    giveUp(code, reason);
                    return false;
                }
            }
            return false;
        }

        /** The attempt says TLS_FAILED only when it failed so everywhere. */
        private boolean isHopeless(Code code) {
            return Outages.isFinal(code) || code == Code.TLS_FAILED;
        }

        private boolean isStoppedWithin(long delayNs) {
            try {
                return stopped.await(delayNs, NANOSECONDS);
            } catch (InterruptedException e) {
                return isRequested(); // nobody has a reason to; the attempt comes early
            }
        }

        private void giveUp(Code code, String reason) {
            synchronized (lock) {
                if (run != this) {
                    return;
                }
                wish = null;
                run = null;
            }
            subscriptions.endAll(code, reason);
            events.onGaveUp(code, reason);
        }

        /** There is a session: null, unless it is gone already. */
        private Loss over() {
            synchronized (lock) {
                if (run != this) {
                    return null;
                }
                final Loss again = lostAgain;
                lostAgain = null;
                run = again == null ? null : this;
                return again;
            }
        }
    }
}
