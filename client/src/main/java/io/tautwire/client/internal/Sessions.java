package io.tautwire.client.internal;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.core.Outages;
import io.tautwire.client.internal.core.SessionIdentity;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.TransportLoop;
import io.tautwire.transport.connection.ConnectionString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life cycle: one session at a time, each on a loop of its own, which ends with it. The lock makes connect, logon,
 * disconnect and close of several threads take turns, and attempts to have a session again; it is never taken on the
 * receive thread, which those who hold it may be waiting for.
 */
public final class Sessions {
    private static final Logger LOGGER = LoggerFactory.getLogger(Sessions.class);
    private static final long END_TIMEOUT_NS = SECONDS.toNanos(4);

    private final ReentrantLock turns = new ReentrantLock();
    private final ClientState state;
    private final ConnectionEvents connections;
    private final Reconnector reconnector;
    private TransportLoop loop;

    /** The loop of an attempt to connect that is under way, so that it can be ended; else null. */
    private volatile TransportLoop connecting;

    private volatile ConnectionString target;
    private volatile String io = "";
    private volatile LoopSession current;
    private volatile boolean closed;

    /**
     * No session yet.
     *
     * @param outages decides when a session comes back.
     */
    public Sessions(ClientState state, ConnectionEvents connections, Outages outages) {
        this.state = state;
        this.connections = connections;
        this.reconnector =
                new Reconnector(state.clientName(), outages, connections, state.subscriptions(), this::attempt);
        state.receiveThread().isBroughtBackBy(reconnector);
    }

    /**
     * Connects, and waits for it.
     *
     * @throws TautwireException CONNECT_FAILED, CLOSED, CONFIGURATION_INVALID, IO_UNAVAILABLE, WOULD_DEADLOCK,
     *                           INTERRUPTED; TIMED_OUT while a handler of the session before has not returned.
     */
    public void connect(ConnectionString to) {
        state.receiveThread().checkMayWait("connect", "another thread");
        turns.lock();
        try {
            checkMayConnect();
            to.requireSupported();
            target = to;
            open(to, () -> closed);
        } catch (TautwireException e) {
            connections.onDisconnected(e.code(), e.detail(), ConnectionEvents.NO_ATTEMPT);
            throw e;
        } finally {
            turns.unlock();
        }
    }

    /**
     * Logs on, and waits for it, at most the connection string's {@code logon_timeout}.
     *
     * @param wish what is wished for when the session is lost; its target is what was connected to.
     * @throws TautwireException the server's code, or LOGON_TIMEOUT, NOT_CONNECTED, CLOSED, WOULD_DEADLOCK.
     */
    public void logon(Wish wish) {
        state.receiveThread().checkMayWait("logon", "another thread");
        turns.lock();
        try {
            final LoopSession session = connectedSession();
            if (session.isLive() || reconnector.isAtWork()) {
                throw new TautwireException(
                        Code.CONFIGURATION_INVALID, who() + " is logged on already; call disconnect and connect first");
            }
            reconnector.wish(wish.target().reconnect() ? wish : null);
            logOn(session, wish);
        } finally {
            turns.unlock();
        }
    }

    /**
     * Has a session made, and made again whenever it is lost. Does not wait for it.
     *
     * @throws TautwireException CONFIGURATION_INVALID, CLOSED.
     */
    public void begin(Wish wish) {
        turns.lock();
        try {
            checkMayConnect();
            wish.target().requireSupported();
            endLoop();
            target = wish.target();
            reconnector.begin(wish);
        } finally {
            turns.unlock();
        }
    }

    /** What was connected to last; null before the first. */
    public ConnectionString target() {
        return target;
    }

    /**
     * What the current session connected to.
     *
     * @throws TautwireException NOT_CONNECTED when there is none, CLOSED.
     */
    public ConnectionString connectedTarget() {
        connectedSession();
        return target;
    }

    /** What carries the bytes, in the connection string's word; empty before the first connection. */
    public String io() {
        return io;
    }

    /**
     * Checks that there is a session, or that one will come by itself.
     *
     * @throws TautwireException NOT_CONNECTED when there is none, CLOSED.
     */
    public void checkMaySubscribe() {
        if (!state.subscriptions().isOpen()) {
            checkOpen();
            throw new TautwireException(Code.NOT_CONNECTED, who() + " has no session; connect and log on first");
        }
    }

    /**
     * Ends the session in order, if there is one, and all attempts to have one; waits for it, unless called on the
     * receive thread or the reconnecting one.
     */
    public void disconnect() {
        end(Code.OK);
    }

    /**
     * As {@link #disconnect}, for good. The server forgets a publisher that says CLOSED, so only a store that nobody
     * can open again may say it.
     */
    public void close() {
        closed = true;
        end(state.store().keeping() == StoreKeeping.MEMORY ? Code.CLOSED : Code.OK);
    }

    private void end(Code goodbye) {
        beginEnd(goodbye); // before the turn comes: another thread may be waiting for its logon
        if (state.receiveThread().isCurrent() || reconnector.isCurrent()) {
            return;
        }
        turns.lock();
        try {
            beginEnd(goodbye); // another thread may have connected meanwhile
            endLoop();
        } catch (TautwireException e) {
            LOGGER.warn("client={} the session did not end in order: {}", state.clientName(), e.getMessage());
        } finally {
            turns.unlock();
        }
        reconnector.awaitEnd();
    }

    private void beginEnd(Code goodbye) {
        final boolean wasComing = reconnector.stop();
        final TransportLoop attempted = connecting;
        if (attempted != null) {
            closeWithoutWaiting(attempted);
        }
        final LoopSession session = current;
        if (session != null && !session.isClosing()) {
            session.close(goodbye, "");
        }
        state.subscriptions().endUnlessOwned(Code.OK, "");
        if (wasComing) {
            connections.onDisconnected(Code.OK, "", ConnectionEvents.NO_ATTEMPT);
        }
    }

    /** One attempt of the reconnecting thread. */
    private void attempt(Wish wish, Reconnector.Stop stop) {
        final List<TautwireException> failures = new ArrayList<>();
        turns.lock();
        try {
            for (final ConnectionString host : wish.target().eachHost()) {
                try {
                    open(host, stop);
                    logOn(current, wish);
                    return;
                } catch (TautwireException e) {
                    if (stop.isRequested() || Outages.isFinal(e.code())) {
                        throw e;
                    }
                    failures.add(isConnectionBroken(e) ? new TautwireException(Code.CONNECT_FAILED, e.detail(), e) : e);
                }
            }
        } finally {
            turns.unlock();
        }
        throw together(failures);
    }

    /** A handshake that was cut off says nothing of what TLS would have said. */
    private static boolean isConnectionBroken(TautwireException failure) {
        Throwable cause = failure;
        while (cause != null && (!(cause instanceof IOException) || cause instanceof SSLException)) {
            cause = cause.getCause();
        }
        return failure.code() == Code.TLS_FAILED && cause != null;
    }

    /** Has the code TLS_FAILED only when all hosts have: another one may stand in later. */
    private static TautwireException together(List<TautwireException> failures) {
        final TautwireException first = failures.stream()
                .filter(failure -> failure.code() != Code.TLS_FAILED)
                .findFirst()
                .orElse(failures.get(0));
        final String all = failures.stream().map(TautwireException::detail).collect(Collectors.joining("; "));
        return failures.size() == 1 ? first : new TautwireException(first.code(), all, first);
    }

    /** Connects, on a thread of its own, when that of the session before has ended. */
    private void open(ConnectionString to, Reconnector.Stop stop) {
        endLoop();
        connections.onConnecting();
        loop = TransportLoop.start(to.io(), "tautwire-client-" + state.clientName());
        try {
            state.receiveThread().is(loop);
            io = loop.io().word();
            connecting = loop;
            if (stop.isRequested()) { // maybe before the loop could be seen to be there
                throw new TautwireException(Code.DISCONNECTED, who() + " was disconnected meanwhile");
            }
            open(to);
            connections.onConnected();
            if (stop.isRequested()) { // maybe before the session could be seen
                throw new TautwireException(Code.DISCONNECTED, who() + " was disconnected meanwhile");
            }
        } catch (TautwireException e) {
            beginEndOfFailed();
            endLoop();
            if (e.code() == Code.CLOSED && !closed) {
                throw new TautwireException(Code.DISCONNECTED, who() + " was disconnected while it connected", e);
            }
            throw e;
        } finally {
            connecting = null;
        }
    }

    private void open(ConnectionString to) {
        final var identity = new SessionIdentity(
                state.clientName(), to.user(), "", to.messageType(), to.maxFrame(), to.pretty(), to.heartbeatMs());
        final LoopSession session = new LoopSession(state, loop, identity, this::onEnded);
        final long timeoutNs = to.connectTimeoutNs() * Math.max(1, to.hosts().size()) + SECONDS.toNanos(1);
        loop.connect(to, state.clientName(), session.onConnect());
        final String peer = Waits.get(
                session.connected(),
                timeoutNs,
                () -> new TautwireException(Code.CONNECT_FAILED, who() + " uri=" + to + " did not answer in time"));
        LOGGER.info(
                "client={} connected peer={} io={}",
                state.clientName(),
                peer,
                loop.io().word());
        current = session;
    }

    /** Logs on, and waits for it; whoever gives up waiting has no session. */
    private void logOn(LoopSession session, Wish wish) {
        try (AuthenticatorThread authenticator = new AuthenticatorThread(state.clientName())) {
            if (!session.loggedOn().isDone()) {
                session.logon(wish.logon().apply(session.connected().join()), authenticator);
            }
            Waits.get(session.loggedOn(), target.logonTimeoutNs(), this::late);
        } catch (TautwireException e) {
            if (!session.giveUpLogon("gave up waiting for an answer to the logon")) {
                throw e;
            }
            session.loggedOn().join(); // the answer came at the last moment, and is being told
        }
    }

    /** A session is over; on its thread. One that was logged on may come back. */
    private void onEnded(LoopSession session, Code code, String reason, Throwable cause, boolean wasLoggedOn) {
        if (!wasLoggedOn) {
            return;
        }
        state.subscriptions().pause(session); // before anybody hears of the loss, and may act on it
        final Reconnector.Fate fate = reconnector.onLost(code, reason);
        if (fate != Reconnector.Fate.COMES_BACK) {
            state.subscriptions().endAll(code, reason);
        }
        state.events().onEnded(code, reason, cause);
        if (fate == Reconnector.Fate.OVER) {
            connections.onDisconnected(code, reason, ConnectionEvents.NO_ATTEMPT);
        } else if (fate == Reconnector.Fate.GIVEN_UP) {
            connections.onGaveUp(code, reason);
        }
    }

    private void checkMayConnect() {
        checkOpen();
        if (reconnector.isAtWork()) {
            throw new TautwireException(
                    Code.CONFIGURATION_INVALID,
                    who() + " connects to " + target + " by itself; call disconnect first, or write reconnect=false");
        }
        if (current != null && !current.ended().isDone() && !current.isClosing()) {
            throw new TautwireException(
                    Code.CONFIGURATION_INVALID,
                    who() + " is connected already to " + target + "; call disconnect first");
        }
    }

    private LoopSession connectedSession() {
        checkOpen();
        final LoopSession session = current;
        if (session == null || session.ended().isDone() && !session.loggedOn().isCompletedExceptionally()) {
            throw new TautwireException(Code.NOT_CONNECTED, who() + " is not connected; call connect first");
        }
        return session;
    }

    private void checkOpen() {
        if (closed) {
            throw new TautwireException(Code.CLOSED, who() + " is closed; make another client");
        }
    }

    private TautwireException late() {
        return new TautwireException(
                Code.LOGON_TIMEOUT,
                who() + " logonTimeoutMs=" + target.logonTimeoutNs() / 1_000_000
                        + " passed without an answer; raise logon_timeout or look at the server");
    }

    private void beginEndOfFailed() {
        if (current != null) {
            current.close(Code.OK, "");
        }
    }

    private static void closeWithoutWaiting(TransportLoop attempted) {
        try {
            attempted.execute(attempted::close); // on its own thread it does not wait
        } catch (TautwireException e) {
            LOGGER.trace("the loop is closed already", e);
        }
    }

    /**
     * Waits for the session's end, bounded, and ends its thread. Fails where the thread is still in a handler: then
     * both stay until it returns, and end by themselves. No other session may begin till then, for what is behind the
     * message in that handler is read yet, and two threads would step the acknowledgements.
     */
    private void endLoop() {
        if (loop == null) {
            return;
        }
        if (current != null) {
            Waits.get(
                    current.ended(),
                    END_TIMEOUT_NS,
                    () -> new TautwireException(
                            Code.TIMED_OUT,
                            who() + " waitedMs=" + END_TIMEOUT_NS / 1_000_000
                                    + " for the session to end; a handler must return first"));
        }
        loop.close();
        loop = null;
        current = null;
    }

    private String who() {
        return "client=" + state.clientName();
    }
}
