package io.tautwire.client.internal.core;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.FrameReader;
import io.tautwire.codec.ProtocolException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.wire.TlsBytes;
import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import org.agrona.DirectBuffer;

/**
 * One connection, from its first byte to its last: gives what comes in to the parts, and lets what they have to say
 * out. Everything is called on one thread, the one that steps the wire; after calls that change something comes
 * {@link #flush()}, unless they come from within a step.
 */
public final class ClientSession implements WireHandler {
    private static final long FINISH_NS = 1_000_000_000L;

    private static final String SERVER_SPEAKS_TLS =
            "the server speaks TLS at this port: write tcps:// instead of tcp://";

    private final SessionIdentity identity;
    private final SessionEvents events;
    private final SessionCounters counters;
    private final FrameReader reader = new FrameReader(FrameDescriptor.MAX_FRAME_BEFORE_LOGON);
    private final Outgoing outgoing;
    private final Acknowledgements acknowledgements;
    private final Handshake handshake;
    private final Heartbeat heartbeat;
    private final Subscriptions subscriptions;
    private final Deliveries deliveries;
    private final IncomingFrames incoming;
    private final SendPause pause = new SendPause();

    private boolean ending;
    private boolean closed;
    private boolean finishTimed;
    private long finishDeadlineNs;
    private Code endCode = Code.DISCONNECTED;
    private String endReason = "the connection ended";
    private Throwable endCause;

    /**
     * A session on a wire that has just connected.
     *
     * @param acknowledgements of the store; outlives the session.
     * @param right            to write, shared with whoever else may write to this wire.
     * @param counters         outlive the session.
     * @param subscriptions    may outlive the session; are subscribed when it is logged on.
     */
    public ClientSession(
            SessionIdentity identity,
            Wire wire,
            CommandStore store,
            Acknowledgements acknowledgements,
            SendRight right,
            SessionEvents events,
            SessionCounters counters,
            Subscriptions subscriptions) {
        this.identity = identity;
        this.acknowledgements = acknowledgements;
        this.events = events;
        this.counters = counters;
        this.outgoing = new Outgoing(wire, identity.clientName(), store, right, counters);
        this.handshake = new Handshake(identity, store, acknowledgements, outgoing.control());
        this.heartbeat = new Heartbeat(outgoing, acknowledgements);
        this.subscriptions = subscriptions;
        this.deliveries = new Deliveries(subscriptions, events, counters);
        this.incoming = new IncomingFrames(this, handshake, acknowledgements, outgoing, subscriptions, deliveries);
    }

    /** Sends the Logon; {@link SessionEvents} tells what comes of it. Once per session. */
    public void logon(Credentials credentials) {
        if (!ending) {
            handshake.begin(credentials);
        }
    }

    /** Answers the challenge that {@link Credentials#onChallenge} told of. */
    public void answer(byte[] credential) {
        if (!ending) {
            handshake.answer(credential);
        }
    }

    /** Ends the session, because of a failure on this side. */
    public void giveUp(TautwireException failure) {
        if (!ending) {
            end(failure.code(), failure.detail(), failure);
            outgoing.control().goodbye(failure.code(), "the client gave the logon up"); // its own words may say more
        }
    }

    /** Whether the server accepted the logon and the session has not begun to end. */
    public boolean isLoggedOn() {
        return handshake.isLoggedOn() && !ending;
    }

    /**
     * Registers an interest in this session; the listener learns what comes of it.
     *
     * @throws TautwireException NOT_CONNECTED unless it is logged on.
     */
    public Registration subscribe(Interest interest, SubscriptionListener listener) {
        if (!isLoggedOn()) {
            throw new TautwireException(Code.NOT_CONNECTED, "client=" + identity.clientName() + "; log on first");
        }
        return subscriptions.add(interest, listener);
    }

    /** Ends an interest: no message comes after this. Does nothing when it has ended already. */
    public void unsubscribe(Registration registration) {
        if (subscriptions.remove(registration)) {
            registration.listener().onEnded(Code.OK, "unsubscribed");
        }
    }

    /** Gives credit back that {@link SubscriptionListener#onMessage} did not. */
    public void consumed(Registration registration, long bytes) {
        subscriptions.consumed(registration, bytes);
    }

    /** Writes what there is to say, as far as the wire takes it. */
    public void flush() {
        if (!closed) {
            subscriptions.writeOwed();
            if (!ending) {
                heartbeat.confirm();
            }
            outgoing.flush();
            subscriptions.publishCounters(); // before the sum of them, so that nobody sees them lag behind it
            counters.publish();
        }
    }

    /**
     * Ends the session in order: says Goodbye between frames, then closes the wire. What was subscribed gets nothing
     * more in this session.
     *
     * @param code OK when this store may come back, CLOSED when it never will, or what else the server is to be told.
     */
    public void close(Code code, String reason) {
        if (!ending) {
            end(code == Code.CLOSED ? Code.OK : code, reason, null);
            outgoing.control().goodbye(code, reason);
        }
    }

    @Override
    public int onBytes(DirectBuffer buffer, int offset, int length) {
        heartbeat.onHeard();
        if (ending) {
            return length;
        }
        try {
            final int consumed = reader.read(buffer, offset, length, incoming);
            return ending ? length : consumed;
        } catch (TautwireException e) {
            fail(TlsBytes.explain(e, SERVER_SPEAKS_TLS, buffer, offset, length));
            return length;
        }
    }

    @Override
    public int requiredBytes() {
        return ending ? 0 : reader.requiredBytes();
    }

    @Override
    public void onBatchEnd() {
        flush();
    }

    @Override
    public void onWritten(int lengthBytes) {
        outgoing.onWritten(lengthBytes);
        flush();
    }

    /**
     * Time passes; to be called several times per heartbeat interval, and between two calls what has arrived is to be
     * read: a server that is silent for too long is given up at the second of two.
     *
     * @param nowNs of a clock that never goes back.
     */
    public void onTimer(long nowNs) {
        if (closed) {
            return;
        }
        if (ending) {
            closeWhenStuck(nowNs);
        } else {
            heartbeat.onTimer(nowNs);
            if (pause.isOver(nowNs)) {
                outgoing.resumeCommands();
            }
            final long silentNs = heartbeat.silentNs();
            if (silentNs > 0) {
                final String reason = "the server was silent for silentMs=" + silentNs / 1_000_000;
                end(Code.DISCONNECTED, reason, null);
                outgoing.giveUpPeer();
                outgoing.control().goodbye(Code.TIMED_OUT, reason);
            }
        }
        flush();
    }

    /**
     * Time passes within {@link #onBytes}: slow handlers must not keep heartbeats and credit from leaving.
     *
     * @param nowNs as for {@link #onTimer}.
     */
    public void onBusy(long nowNs) {
        if (!ending) {
            deliveries.handlersAreSlow(heartbeat.onBusy(nowNs));
            flush();
        }
    }

    @Override
    public void onClosed(Throwable cause) {
        if (closed) {
            return;
        }
        closed = true;
        acknowledgements.sent(outgoing.highestSent());
        if (cause instanceof TautwireException) {
            end(((TautwireException) cause).code(), ((TautwireException) cause).detail(), cause);
        } else {
            end(endCode, endReason, cause);
        }
        outgoing.close();
        subscriptions.publishCounters();
        counters.publish();
        events.onEnded(endCode, endReason, endCause);
    }

    /** The logon is accepted: commands may leave, from the first that the server lacks. */
    void onLoggedOn(SessionInfo info) {
        try {
            handshake.accept(info.user());
        } catch (TautwireException e) {
            giveUp(e);
            return;
        }
        acknowledgements.confirmedBelow(info.confirmedBelow());
        final long lastOutcome = acknowledgements.lastOutcome();
        if (info.lastAppended() < lastOutcome) {
            checkGap(info.lastAppended() + 1, lastOutcome);
        }
        reader.maxFrame(identity.maxFrame());
        final long sent = Math.max(info.lastAppended(), lastOutcome);
        outgoing.openCommands(acknowledgements.positionAfter(sent), sent, info.maxFrame());
        heartbeat.begin(info.heartbeatMs());
        events.onLoggedOn(info);
        if (!ending) {
            subscriptions.begin(outgoing.control(), info.journalId(), info.epoch());
        }
    }

    /** The server had no room for commands from a sequence on: they stay outstanding, and leave again after a pause. */
    void onStorageFull(long sequence, String reason) {
        if (pause.isFor(sequence)) {
            return;
        }
        if (sequence <= acknowledgements.lastOutcome() || sequence > outgoing.sentSequence()) {
            throw new ProtocolException(
                    Code.PROTOCOL_ERROR,
                    "reject of sequence=" + sequence + " which is not outstanding: last="
                            + acknowledgements.lastOutcome() + " sent=" + outgoing.sentSequence());
        }
        outgoing.holdCommands(acknowledgements.positionAfter(sequence - 1), sequence - 1);
        pause.begin(sequence);
        events.onStorageFull(sequence, reason);
    }

    /** The peer ends the session, with its reason. */
    void onGoodbye(Code code, String reason) {
        end(code, reason, null);
    }

    /** Whether the end has begun: what is still read then concerns nobody. */
    boolean isEnding() {
        return ending;
    }

    private void checkGap(long fromSequence, long toSequence) {
        if (!events.onPublishGap(fromSequence, toSequence)) {
            throw new TautwireException(
                    Code.PUBLISH_GAP,
                    "the server lacks sequences from=" + fromSequence + " to=" + toSequence
                            + ", which it had acknowledged; publish them again with a new client");
        }
    }

    private void fail(TautwireException fault) {
        end(fault.code(), fault.detail(), fault);
        outgoing.control().goodbye(fault.code(), fault.detail());
    }

    /** From now on nothing is read, and no command begins; the wire closes when the control frames are out. */
    private void end(Code code, String reason, Throwable cause) {
        if (ending) {
            endCause = endCause == null ? cause : endCause;
            return;
        }
        ending = true;
        endCode = code;
        endReason = reason;
        endCause = cause;
        outgoing.finish();
        subscriptions.end(code, reason);
    }

    private void closeWhenStuck(long nowNs) {
        if (!finishTimed) {
            finishTimed = true;
            finishDeadlineNs = nowNs + FINISH_NS;
        } else if (nowNs - finishDeadlineNs >= 0) {
            outgoing.closeWire();
        }
    }
}
