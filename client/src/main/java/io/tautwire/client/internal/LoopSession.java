package io.tautwire.client.internal;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.core.ClientSession;
import io.tautwire.client.internal.core.Credentials;
import io.tautwire.client.internal.core.SessionEvents;
import io.tautwire.client.internal.core.SessionIdentity;
import io.tautwire.client.internal.core.SessionInfo;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.ConnectHandler;
import io.tautwire.transport.Timer;
import io.tautwire.transport.TransportLoop;
import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One {@link ClientSession} on a transport loop: hands over to it from other threads, gives it the time, and completes
 * what others wait for.
 */
public final class LoopSession {
    /** What became of the logon: who waits for it, and the server's answer, may both be about to decide. */
    private enum Logon {
        AWAITED,
        ACCEPTED,
        GIVEN_UP
    }

    private static final long TICK_NS = 100_000_000L;
    private static final int TICKS_PER_HEARTBEAT = 4;

    private final ClientState state;
    private final TransportLoop loop;
    private final SessionIdentity identity;
    private final SessionEnd end;
    private final Sender sender;
    private final AtomicReference<Logon> logon = new AtomicReference<>(Logon.AWAITED);
    private final CompletableFuture<String> connected = new CompletableFuture<>();
    private final CompletableFuture<SessionInfo> loggedOn = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private volatile boolean closing;

    // Owned by the loop's thread.
    private ClientSession session;
    private Timer timer;

    LoopSession(ClientState state, TransportLoop loop, SessionIdentity identity, SessionEnd end) {
        this.end = end;
        this.state = state;
        this.loop = loop;
        this.identity = identity;
        this.sender = new Sender(state.store(), loop::execute, loop.prepare(this::flush));
    }

    /** What the transport calls with the outcome of connecting. */
    ConnectHandler onConnect() {
        return new Connecting();
    }

    /** Completes with the peer's address, or exceptionally when no host answered. */
    CompletableFuture<String> connected() {
        return connected;
    }

    /** Completes when the server accepted the logon, exceptionally when it refused or the session ended before. */
    public CompletableFuture<SessionInfo> loggedOn() {
        return loggedOn;
    }

    /** Nobody waits for the server's answer any more: ends the session, unless it is logged on, which it returns. */
    boolean giveUpLogon(String reason) {
        if (logon.compareAndSet(Logon.AWAITED, Logon.GIVEN_UP)) {
            close(Code.LOGON_TIMEOUT, reason);
        }
        return logon.get() == Logon.ACCEPTED;
    }

    /** Completes when the session is over. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Whether it is logged on and not over. */
    public boolean isLive() {
        return loggedOn.isDone() && !loggedOn.isCompletedExceptionally() && !ended.isDone();
    }

    /** Whether its end has begun and will come by itself. */
    boolean isClosing() {
        return closing;
    }

    /**
     * Asks for the first credential and sends the logon. From now on publishers tell this session, which keeps its
     * sender until it is logged on.
     */
    void logon(LogonCalls calls, Executor authenticator) {
        state.store().sender(sender);
        ask(authenticator, calls::first, (live, first) -> live.logon(new Asking(first, calls, authenticator)));
    }

    private void ask(Executor authenticator, Supplier<byte[]> call, BiConsumer<ClientSession, byte[]> then) {
        authenticator.execute(() -> {
            try {
                final byte[] credential = call.get();
                execute(live -> then.accept(live, credential));
            } catch (TautwireException e) {
                closing = true;
                execute(live -> live.giveUp(e));
            }
        });
    }

    /** Begins to end the session in order. */
    void close(Code code, String reason) {
        closing = true;
        execute(live -> live.close(code, reason));
    }

    /**
     * Runs a step on the session's thread, then writes what it had to say. On that thread itself, which is in the
     * middle of another step then, it runs at once and the other one writes: a handler that unsubscribes is not called
     * for the next message of the same batch.
     *
     * @return false if the session is over and its thread gone, so that the step will not run.
     */
    public boolean execute(Consumer<ClientSession> step) {
        if (loop.inLoop()) {
            if (session != null) {
                step.accept(session);
            }
            return true;
        }
        try {
            loop.execute(() -> run(step));
            return true;
        } catch (TautwireException e) {
            return false;
        }
    }

    private void flush() {
        run(live -> {});
    }

    private void tick() {
        run(live -> live.onTimer(System.nanoTime()));
    }

    /** What a step throws is a fault of this client. The session ends, or its sender might be held for ever. */
    private void run(Consumer<ClientSession> step) {
        if (session == null) {
            return;
        }
        try {
            step.accept(session);
            session.flush();
        } catch (Throwable t) {
            session.close(Code.INTERNAL, String.valueOf(t));
            throw t;
        }
    }

    /** Before there is a session. */
    private final class Connecting implements ConnectHandler {
        @Override
        public WireHandler onConnected(Wire wire) {
            session = new ClientSession(
                    identity,
                    wire,
                    state.store(),
                    state.acknowledgements(),
                    sender,
                    new Events(),
                    state.counters(),
                    state.subscriptions().core());
            timer = loop.every(TICK_NS, LoopSession.this::tick);
            connected.complete(wire.peer());
            return state.steps().around(session);
        }

        @Override
        public void onFailed(TautwireException failure) {
            connected.completeExceptionally(failure);
            loggedOn.completeExceptionally(failure);
            ended.complete(null);
        }
    }

    /** Has the authenticator asked on its own thread; the session goes on meanwhile. */
    private final class Asking implements Credentials {
        private final byte[] first;
        private final LogonCalls calls;
        private final Executor authenticator;

        Asking(byte[] first, LogonCalls calls, Executor authenticator) {
            this.first = first;
            this.calls = calls;
            this.authenticator = authenticator;
        }

        @Override
        public byte[] first() {
            return first;
        }

        @Override
        public void onChallenge(byte[] challenge) {
            ask(authenticator, () -> calls.answer(challenge), ClientSession::answer);
        }

        @Override
        public void onAccepted(String user) {
            calls.accepted(user);
        }
    }

    /** While there is one. */
    private final class Events implements SessionEvents {
        @Override
        public void onLoggedOn(SessionInfo info) {
            if (!logon.compareAndSet(Logon.AWAITED, Logon.ACCEPTED)) {
                session.close(Code.LOGON_TIMEOUT, "nobody waits for the logon any more");
                return;
            }
            final long tickNs = info.heartbeatMs() * 1_000_000L / TICKS_PER_HEARTBEAT;
            if (tickNs < TICK_NS) {
                timer.cancel();
                timer = loop.every(tickNs, LoopSession.this::tick);
            }
            state.store().serverMaxFrame(info.maxFrame());
            state.subscriptions().begin(LoopSession.this);
            state.events().onLoggedOn(info);
            loggedOn.complete(info);
        }

        @Override
        public boolean onPublishGap(long fromSequence, long toSequence) {
            return state.events().onPublishGap(fromSequence, toSequence);
        }

        @Override
        public void onUnclaimed(MessageView message, boolean isRendered) {
            state.events().onUnclaimed(message, isRendered);
        }

        @Override
        public void onDelivering() {
            session.onBusy(System.nanoTime());
        }

        @Override
        public void onEnded(Code code, String reason, Throwable cause) {
            closing = true; // a listener may have another thread connect before this is done: it waits
            timer.cancel();
            sender.close();
            state.store().onRoom(); // what was acknowledged during a write was held until now
            end.onEnded(LoopSession.this, code, reason, cause, logon.get() == Logon.ACCEPTED);
            ended.complete(null);
            loggedOn.completeExceptionally(noLogon(code, reason, cause));
            loop.close(); // on its own thread, so this does not wait
        }

        /** This side ends a session with OK, which is no reason for who waits to be logged on. */
        private TautwireException noLogon(Code code, String reason, Throwable cause) {
            final Code ownReason = state.store().isClosed() ? Code.CLOSED : Code.DISCONNECTED;
            return new TautwireException(
                    code == Code.OK ? ownReason : code,
                    "client=" + state.clientName() + " logon: "
                            + (code == Code.OK ? "this client ended the session before; connect again" : reason),
                    cause);
        }
    }
}
