package io.tautwire.server.internal;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;
import io.tautwire.server.LogonAttempt;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.ServerRecovery;
import io.tautwire.server.SessionView;
import io.tautwire.server.internal.broker.Broker;
import io.tautwire.server.internal.broker.BrokerConfig;
import io.tautwire.server.internal.broker.BrokerHost;
import io.tautwire.server.internal.broker.FaultKind;
import io.tautwire.server.internal.broker.counters.BrokerCounters;
import io.tautwire.server.internal.broker.logon.ListenerTerms;
import io.tautwire.server.internal.broker.logon.LogonRequest;
import io.tautwire.server.internal.log.FileLog;
import io.tautwire.server.internal.log.LogConfig;
import io.tautwire.transport.Acceptor;
import io.tautwire.transport.Listener;
import io.tautwire.transport.Timer;
import io.tautwire.transport.TransportLoop;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.Scheme;
import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps one broker on one loop: wires, timer, catching up and verdicts all come to it here, one after the other. */
public final class BrokerLoop implements BrokerHost, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger("io.tautwire.server");

    /** Bytes of the journal to go through before the sockets have their turn again: about a millisecond. */
    private static final int CATCH_UP_BYTES = 1 << 20;

    /** A timer comes due once per round of the loop, where a task handed over again would keep the sockets waiting. */
    private static final long NEXT_ROUND_NS = 1;

    private static final String THREADS = "tautwire-server";
    private static final long CLOSE_TIMEOUT_MS = 3000;
    private static final long CALL_TIMEOUT_MS = 5000;
    private static final long LONGEST_TICK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SHORTEST_TICK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final TransportLoop loop;
    private final Journal journal;
    private final FileLog log;
    private final Broker broker;
    private final AuthenticatorThread authenticators;
    private final EpochNanoClock clock = new OffsetEpochNanoClock();
    private final FaultLog faults = new FaultLog(System::nanoTime);
    private final Runnable catchUp = this::catchUp;
    private Timer catchingUp;
    private final CompletableFuture<Void> durable = new CompletableFuture<>();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private long stopPosition = Long.MAX_VALUE;
    private boolean isClosing;

    /** Written by the loop, and once it has ended by whoever closes; read by any. */
    private volatile TautwireException failure;

    /**
     * Starts to step a broker.
     *
     * @param loop          this object's alone; closed with it.
     * @param journal       of the broker; closed with it.
     * @param authenticator null where users are taken at their word.
     */
    public BrokerLoop(TransportLoop loop, Journal journal, BrokerConfig config, ServerAuthenticator authenticator) {
        this(loop, journal, null, config, authenticator);
    }

    /**
     * Opens a journal in files, recovers what it holds, and starts to step a broker.
     *
     * @param loop          this object's alone; closed with it.
     * @param log           of the journal.
     * @param authenticator null where users are taken at their word.
     * @throws TautwireException if the log cannot be opened.
     */
    public BrokerLoop(TransportLoop loop, LogConfig log, BrokerConfig config, ServerAuthenticator authenticator) {
        this(loop, null, new FileLog(log, loop, THREADS, config::newPublishers), config, authenticator);
    }

    private BrokerLoop(
            TransportLoop loop, Journal memory, FileLog log, BrokerConfig config, ServerAuthenticator authenticator) {
        this.loop = loop;
        this.journal = log == null ? memory : log.journal();
        this.log = log;
        this.authenticators = authenticator == null
                ? null
                : new AuthenticatorThread(
                        authenticator,
                        THREADS + "-authenticator",
                        config.limits().logonTimeout().toNanos(),
                        System::nanoTime);
        this.broker = log == null
                ? new Broker(config, journal, this)
                : new Broker(config, journal, this, log.transactionLog());
        if (log != null) {
            log.begin(broker);
        }
        loop.every(tickNs(config), this::onTimer);
    }

    /** Listens, and gives those who come to the broker; blocks until bound. */
    public Listener listen(ConnectionString at, int maxFrame) {
        return loop.listen(at, new Acceptor() {
            @Override
            public WireHandler onAccepted(Wire wire, Listener listener) {
                return broker.onConnected(wire, terms(at, listener, maxFrame));
            }

            @Override
            public void onRefused(TautwireException failure, Listener listener) {
                faults.report(FaultKind.TLS, failure.detail(), null);
            }
        });
    }

    /** What was counted; any thread. */
    public BrokerCounters counters() {
        return broker.counters();
    }

    /** How each session stands; from any thread, waits for the loop. */
    public List<SessionView> sessions() {
        return call(broker::sessions, CALL_TIMEOUT_MS);
    }

    @Override
    public long epochNs() {
        return clock.nanoTime();
    }

    @Override
    public void authenticate(long sessionId, LogonRequest request, ServerAuthenticator judge) {
        final LogonAttempt attempt = new LogonAttempt(
                request.user(),
                request.credential().clone(),
                request.clientName(),
                request.peer(),
                request.attempt(),
                request.isPlainAccepted(),
                request.certificateUser());
        authenticators.submit(judge, attempt, new VerdictEvents(sessionId, broker, loop, this));
    }

    @Override
    public void onRefused(String clientName, String peer, String code) {
        LOGGER.debug("client={} peer={} logon refused: {}", clientName, peer, code);
    }

    @Override
    public void scheduleCatchUp() {
        if (catchingUp == null) {
            catchingUp = loop.every(NEXT_ROUND_NS, catchUp);
        }
    }

    @Override
    public void onLogon(String clientName, String user, String peer) {
        LOGGER.debug("client={} user={} peer={} logged on", clientName, user, peer);
    }

    @Override
    public void onLogoff(String clientName, String user, String peer, String why) {
        LOGGER.debug("client={} user={} peer={} session over: {}", clientName, user, peer, why);
    }

    @Override
    public void onFault(FaultKind kind, String what, Throwable cause) {
        if (kind == FaultKind.JOURNAL) {
            failure = (TautwireException) cause;
        }
        faults.report(kind, what, cause);
    }

    /**
     * Says goodbye to all sessions, waits until they are gone, for a bounded time, and ends the threads.
     *
     * @throws TautwireException WOULD_DEADLOCK on the loop's thread; nothing is closed then.
     */
    @Override
    public void close() {
        checkNotInLoop();
        try {
            loop.execute(this::beginStop);
            durable.get(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | TautwireException e) {
            LOGGER.debug("closing without waiting for the disk any longer", e);
        }
        try {
            loop.execute(this::beginClose);
            idle.get(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | TautwireException e) {
            LOGGER.debug("closing without waiting for sessions any longer", e);
        }
        if (authenticators != null) {
            authenticators.close();
        }
        loop.close();
        closeJournal();
    }

    private void closeJournal() {
        if (log == null) {
            journal.close();
            return;
        }
        try {
            log.close();
        } catch (TautwireException e) {
            LOGGER.warn("the journal was not closed in order", e);
            failure = failure == null ? e : failure;
        }
    }

    /** What was recovered when it started; null where the journal is in memory. */
    public ServerRecovery recovery() {
        return log == null ? null : log.recovery();
    }

    /** Why the journal cannot be kept any more; null while it can. Any thread. */
    public TautwireException failure() {
        return failure;
    }

    private void beginStop() {
        stopPosition = journal.tail(); // what comes later is outstanding at its publishers anyway
        checkDurable();
    }

    private void checkDurable() {
        if (broker.isDurable(stopPosition)) {
            durable.complete(null);
        }
    }

    private void beginClose() {
        isClosing = true;
        broker.close();
        checkIdle();
    }

    private void onTimer() {
        broker.onTimer(System.nanoTime());
        checkDurable();
        checkIdle();
    }

    private void checkIdle() {
        if (isClosing && broker.isIdle()) {
            idle.complete(null);
        }
    }

    private void catchUp() {
        if (!broker.catchUp(CATCH_UP_BYTES)) {
            catchingUp.cancel();
            catchingUp = null;
        }
    }

    private <T> T call(Callable<T> question, long timeoutMs) {
        checkNotInLoop();
        final CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TautwireException(Code.INTERRUPTED, "the thread was interrupted while it waited", e);
        } catch (ExecutionException e) {
            throw new TautwireException(Code.INTERNAL, "the server's loop could not tell", e.getCause());
        } catch (TimeoutException e) {
            throw new TautwireException(
                    Code.TIMED_OUT, "the server's loop did not answer within timeoutMs=" + timeoutMs, e);
        }
    }

    /**
     * Refuses to wait for the loop on its own thread.
     *
     * @throws TautwireException WOULD_DEADLOCK.
     */
    public void checkNotInLoop() {
        if (loop.inLoop()) {
            throw new TautwireException(
                    Code.WOULD_DEADLOCK,
                    "this call waits for the server's thread and was made on it, by a policy say; use another thread");
        }
    }

    private static ListenerTerms terms(ConnectionString at, Listener listener, int maxFrame) {
        return new ListenerTerms(listener.isLocal(), at.scheme() != Scheme.TCP, at.messageTypes(), maxFrame);
    }

    private static long tickNs(BrokerConfig config) {
        final long shortestNs = Math.min(
                config.limits().logonTimeout().toNanos(),
                config.limits().heartbeat().toNanos());
        return Math.max(SHORTEST_TICK_NS, Math.min(LONGEST_TICK_NS, shortestNs / 4));
    }
}
