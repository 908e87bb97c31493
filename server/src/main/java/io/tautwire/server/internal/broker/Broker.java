package io.tautwire.server.internal.broker;

import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.SessionView;
import io.tautwire.server.internal.broker.counters.BrokerCounters;
import io.tautwire.server.internal.broker.logon.ListenerTerms;
import io.tautwire.server.internal.broker.logon.LogonHandshake;
import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.util.ArrayList;
import java.util.List;

/**
 * The deterministic heart of the server, stepped by one thread: by what its wires see, by a timer, by verdicts on
 * credentials, and by {@link #catchUp} while there is something to catch up. The same steps with the same times give
 * the same bytes.
 */
public final class Broker {
    private final BrokerParts parts;
    private boolean isClosing;

    /**
     * A broker without parts.sessions.
     *
     * @param journal this broker's alone to append to; should drop its oldest when full.
     */
    public Broker(BrokerConfig config, Journal journal, BrokerHost host) {
        this(config, journal, host, null);
    }

    /**
     * A broker whose journal outlives the process.
     *
     * @param journal this broker's alone to append to, holding what was recovered.
     * @param log     what was recovered of publishers, and how long the journal's messages are kept.
     */
    public Broker(BrokerConfig config, Journal journal, BrokerHost host, TransactionLog log) {
        this.parts = new BrokerParts(config, journal, host, log);
    }

    /**
     * A client has connected.
     *
     * @param wire  that carries bytes to it.
     * @param terms of the listener that it came by.
     * @return what is to be stepped with the bytes that come from it.
     */
    public WireHandler onConnected(Wire wire, ListenerTerms terms) {
        final long id = parts.sessions.nextId();
        final BrokerConfig config = parts.config;
        final BrokerSession session = new BrokerSession(
                id, parts, wire, new LogonHandshake(terms, config.logon(), wire.peer(), wire.certificateUser()));
        final boolean isFull = parts.sessions.size() >= config.limits().maxSessions();
        parts.sessions.add(id, session);
        if (isClosing) {
            session.end(Code.SERVER_CLOSING, "connect again when the server is back");
        } else if (isFull) {
            session.end(
                    Code.LIMIT_REACHED,
                    "maxSessions=" + config.limits().maxSessions() + " are in use; end one, or raise the limit");
        }
        parts.endStep();
        return session;
    }

    /** A credential was verified: this is the user. A session that ended meanwhile is let pass, here and below. */
    public void onAccepted(long sessionId, String user) {
        final BrokerSession session = parts.sessions.get(sessionId);
        if (session != null) {
            session.logon().onAccepted(user);
            parts.endStep();
        }
    }

    /** A credential was refused, for a reason that the client may know. */
    public void onRefused(long sessionId, String reason) {
        final BrokerSession session = parts.sessions.get(sessionId);
        if (session != null) {
            session.logon().onRefused(reason);
            parts.endStep();
        }
    }

    /**
     * Another credential is wanted: the answer to this.
     *
     * @param judge of the answer; null for the server's own authenticator. Forgotten with the session.
     */
    public void onChallenged(long sessionId, byte[] challenge, ServerAuthenticator judge) {
        final BrokerSession session = parts.sessions.get(sessionId);
        if (session != null) {
            session.logon().onChallenged(challenge, judge);
            parts.endStep();
        }
    }

    /** A snapshot that {@link TransactionLog#snapshots} was given outlives the process. */
    public void onSnapshotWritten(long position) {
        parts.logKeeper.onSnapshotWritten(position);
        parts.endStep();
    }

    /** A snapshot does not outlive the process. */
    public void onSnapshotFailed(Throwable cause) {
        parts.logKeeper.onSnapshotFailed(cause);
        parts.endStep();
    }

    /** The journal's storage has completed something: what waited for it goes on. */
    public void onJournalProgress() {
        parts.durability.request(); // first: of a journal that has failed nothing more is acknowledged
        parts.journalWaits.wake();
        parts.catchUp.onJournalProgress();
        if (parts.logKeeper != null) {
            parts.logKeeper.onProgress();
        }
        parts.endStep();
    }

    /**
     * Feeds those who are behind.
     *
     * @param budgetBytes of the journal to go through, about.
     * @return whether there is more to do: call again once the wires had their turn.
     */
    public boolean catchUp(int budgetBytes) {
        parts.catchUp.run(budgetBytes);
        parts.endStep();
        return parts.catchUp.hasWork(); // asked last: a wire that takes bytes at once may have made room for more
    }

    /**
     * Time has passed. To be called every now and then: how often bounds how exact timeouts are.
     *
     * @param nowNs monotonic, from any start.
     */
    public void onTimer(long nowNs) {
        parts.nowNs = nowNs;
        for (final BrokerSession session : parts.sessions.all()) {
            session.onTimer(nowNs);
        }
        parts.publisherLog.onTimer(nowNs);
        if (parts.logKeeper != null) {
            parts.logKeeper.onTimer();
        }
        parts.endStep();
    }

    /**
     * Says goodbye to every session; those that come later are turned away. {@link #isIdle()} tells when all are
     * gone.
     */
    public void close() {
        isClosing = true;
        parts.sessions.endAll(Code.SERVER_CLOSING, "connect again when the server is back");
        parts.endStep();
    }

    /** Whether no connection is left. */
    public boolean isIdle() {
        return parts.sessions.size() == 0;
    }

    /** Whether everything below a position of the journal is kept as promised, or never will be. */
    public boolean isDurable(long position) {
        return parts.durability.failure() != null || parts.durability.position() >= position;
    }

    /** What was counted; readable by any thread. */
    public BrokerCounters counters() {
        return parts.counters;
    }

    /** How each session stands. */
    public List<SessionView> sessions() {
        final List<SessionView> views = new ArrayList<>();
        for (final BrokerSession session : parts.sessions.all()) {
            views.add(session.view());
        }
        return views;
    }
}
