package io.tautwire.client.internal;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.core.SessionIdentity;
import io.tautwire.client.internal.core.SessionInfo;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.TransportLoop;
import io.tautwire.transport.connection.ConnectionString;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life cycle: one session at a time, each on a loop of its own, which ends with it. The lock makes connect, logon,
 * disconnect and close of several threads take turns; it is never taken on the receive thread, which those who hold it
 * may be waiting for.
 */
public final class Sessions {
    private static final Logger LOGGER = LoggerFactory.getLogger(Sessions.class);
    private static final long END_TIMEOUT_NS = SECONDS.toNanos(4);

    private final ReentrantLock turns = new ReentrantLock();
    private final ClientState state;
    private TransportLoop loop;
    private volatile ConnectionString target;
    private volatile String io = "";
    private volatile String peer = "";
    private volatile LoopSession current;
    private volatile boolean closed;

    /** No session yet. */
    public Sessions(ClientState state) {
        this.state = state;
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
            endLoop();
            loop = TransportLoop.start(to.io(), "tautwire-client-" + state.clientName());
            state.receiveThread().is(loop);
            io = loop.io().word();
            target = to;
            open(to);
        } finally {
            turns.unlock();
        }
    }

    /**
     * Logs on, and waits for it, at most the connection string's {@code logon_timeout}.
     *
     * @return what the server said.
     * @throws TautwireException the server's code, or LOGON_TIMEOUT, NOT_CONNECTED, CLOSED, WOULD_DEADLOCK.
     */
    public SessionInfo logon(LogonCalls calls) {
        state.receiveThread().checkMayWait("logon", "another thread");
        turns.lock();
        try (AuthenticatorThread authenticator = new AuthenticatorThread(state.clientName())) {
            final LoopSession session = connectedSession();
            if (session.isLive()) {
                throw new TautwireException(
                        Code.CONFIGURATION_INVALID, who() + " is logged on already; call disconnect and connect first");
            }
            if (!session.loggedOn().isDone()) {
                session.logon(calls, authenticator);
            }
            return Waits.get(session.loggedOn(), target.logonTimeoutNs(), this::late);
        } catch (TautwireException e) {
            giveUpLogon();
            throw e;
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

    /** The address of what was connected to last; empty before the first. */
    public String peer() {
        return peer;
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

    /** Ends the session in order, if there is one, and waits for it, unless called on the receive thread. */
    public void disconnect() {
        end(Code.OK);
    }

    /** As {@link #disconnect}, for good. */
    public void close() {
        closed = true;
        end(Code.CLOSED);
    }

    private void end(Code goodbye) {
        beginEnd(goodbye); // before the turn comes: another thread may be waiting for its logon
        if (state.receiveThread().isCurrent()) {
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
    }

    private void open(ConnectionString to) {
        final var identity =
                new SessionIdentity(state.clientName(), to.user(), "", to.messageType(), to.maxFrame(), to.pretty());
        final LoopSession session = new LoopSession(state, loop, identity);
        final long timeoutNs = to.connectTimeoutNs() * Math.max(1, to.hosts().size()) + SECONDS.toNanos(1);
        try {
            loop.connect(to, state.clientName(), session.onConnect());
            peer = Waits.get(
                    session.connected(),
                    timeoutNs,
                    () -> new TautwireException(Code.CONNECT_FAILED, who() + " uri=" + to + " did not answer in time"));
            LOGGER.info(
                    "client={} connected peer={} io={}",
                    state.clientName(),
                    peer,
                    loop.io().word());
            current = session;
        } finally {
            if (current != session) {
                endLoop();
            }
        }
    }

    private void checkMayConnect() {
        checkOpen();
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

    /** The wait for the answer ended without it: nobody would hear of one that still came. */
    private void giveUpLogon() {
        final LoopSession session = current;
        if (session != null && !session.loggedOn().isDone()) {
            session.close(Code.LOGON_TIMEOUT, "gave up waiting for an answer to the logon");
        }
    }

    private void beginEnd(Code goodbye) {
        final LoopSession session = current;
        if (session != null && !session.isClosing()) {
            session.close(goodbye, "");
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
