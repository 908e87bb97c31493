package io.tautwire.server.internal.broker;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.FrameHandler;
import io.tautwire.codec.FrameReader;
import io.tautwire.codec.ProtocolException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.GoodbyeDecoder;
import io.tautwire.server.SessionView;
import io.tautwire.server.internal.broker.logon.LogonHandshake;
import io.tautwire.server.internal.broker.output.SessionOutput;
import io.tautwire.server.internal.broker.publisher.Identity;
import io.tautwire.transport.wire.TlsBytes;
import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import org.agrona.DirectBuffer;

/**
 * One connection, from its first byte to its last. Leads it through its phases (logon, active, ending) and leaves the
 * work of each to others.
 */
public final class BrokerSession implements WireHandler {
    private static final String CLIENT_SPEAKS_TLS =
            "TLS came where plain frames are expected: the client must write tcp:// for this port";

    private final long id;
    private final BrokerParts parts;
    private final Wire wire;
    private final SessionOutput out;
    private final FrameReader reader = new FrameReader(FrameDescriptor.MAX_FRAME_BEFORE_LOGON);
    private final LogonPhase logon;
    private final SessionTimer timer;
    private final FrameHandler frameHandler = this::onFrame;
    private int heartbeatMs;
    private ActiveSession active;
    private int notTakenBytes;
    private boolean isPaused;
    private boolean isWaitingForJournal;
    private boolean isEnding;

    BrokerSession(long id, BrokerParts parts, Wire wire, LogonHandshake handshake) {
        this.id = id;
        this.parts = parts;
        this.wire = wire;
        this.out = new SessionOutput(
                wire, parts.batch, parts.frames, parts.config.limits().outputBytes());
        this.logon = new LogonPhase(parts, this, out, handshake);
        this.timer = new SessionTimer(parts.config.limits(), out);
    }

    @Override
    public int onBytes(DirectBuffer buffer, int offset, int length) {
        timer.onHeard();
        if (isEnding) {
            return length; // whoever is replaced or refused has nothing more to say here
        }
        try {
            notTakenBytes = 0;
            final int consumed = reader.read(buffer, offset, length, frameHandler) - notTakenBytes;
            return isEnding ? length : consumed;
        } catch (TautwireException e) {
            fail(TlsBytes.explain(e, CLIENT_SPEAKS_TLS, buffer, offset, length));
            return length;
        }
    }

    @Override
    public int requiredBytes() {
        return isEnding ? 0 : reader.requiredBytes();
    }

    @Override
    public void onBatchEnd() {
        if (isActive()) {
            active.onStepEnd();
            awaitJournal();
        }
        parts.endStep();
    }

    @Override
    public void onWritten(int lengthBytes) {
        out.onWritten(lengthBytes);
        if (isActive()) {
            active.onRoom();
        }
        parts.endStep();
    }

    @Override
    public void onClosed(Throwable cause) {
        leave("connection closed");
        out.discard();
        parts.sessions.remove(id);
        if (out.outOfMemory() != null) {
            parts.host.onFault(
                    FaultKind.OUT_OF_MEMORY,
                    this + "; raise -XX:MaxDirectMemorySize, or lower outputBytes or maxSessions",
                    out.outOfMemory());
        } else if (cause != null) {
            parts.host.onFault(FaultKind.CONNECTION, toString(), cause);
        }
        parts.endStep(); // if its step failed in the middle, what it left for others goes out now
    }

    /** Verdicts on its credential go there. */
    LogonPhase logon() {
        return logon;
    }

    long id() {
        return id;
    }

    /** What was settled at the logon. */
    void heartbeatMs(int intervalMs) {
        timer.heartbeatMs(intervalMs);
        heartbeatMs = intervalMs;
    }

    /** The session is logged on. */
    void onAdmitted(ActiveSession admitted, int maxFrame) {
        active = admitted;
        reader.maxFrame(maxFrame);
        awaitJournal();
    }

    /** The journal has got on: what was kept back because of it is told, and what was not taken is looked at again. */
    void onJournalProgress() {
        isWaitingForJournal = false;
        if (!isActive()) {
            return;
        }
        active.acknowledge();
        if (isPaused) {
            isPaused = false;
            wire.resumeReading();
        }
        awaitJournal();
    }

    void onTimer(long nowNs) {
        if (isPaused) {
            timer.onHeard(); // nobody listens, so nobody can tell whether the peer is silent
        }
        if (isEnding) {
            if (timer.isLingerOver(nowNs)) {
                out.closeNow();
            }
        } else if (active == null) {
            if (timer.isLogonLate(nowNs)) {
                end(
                        Code.LOGON_TIMEOUT,
                        "no logon within logonTimeout="
                                + parts.config.limits().logonTimeout().toMillis()
                                + "ms; log on right after connecting");
            }
        } else if (timer.isPeerSilent(nowNs)) {
            out.giveUpPeer();
            end(Code.TIMED_OUT, "nothing was heard for two times heartbeatMs=" + heartbeatMs);
        } else if (timer.isHeartbeatDue(nowNs)) {
            parts.frames.heartbeat(out);
        }
    }

    /** Ends the session for a fault in it or of the journal. */
    void fail(TautwireException fault) {
        if (fault.code() == Code.TLS_FAILED) {
            parts.host.onFault(FaultKind.TLS, this + ": " + fault.detail(), null);
        } else if (fault.code() == Code.JOURNAL_FAILED) {
            parts.durability.onFailure(fault); // reported once, with the end of the step
        } else {
            final FaultKind kind = fault instanceof ProtocolException ? FaultKind.PROTOCOL : FaultKind.BROKER;
            parts.host.onFault(kind, toString(), fault);
        }
        end(fault.code(), fault.detail());
    }

    /** Ends the session: outcomes first, then Goodbye, then the connection. Idempotent. */
    void end(Code code, String reason) {
        if (!isEnding) {
            if (active != null) {
                active.onStepEnd();
            }
            parts.frames.goodbye(out, code, reason);
            finish(code.name());
        }
    }

    /** Position in the journal from which on its subscriptions need it. */
    long lowestPosition() {
        final long tail = parts.journal.tail();
        return isActive() ? tail - active.subscriptions().lagBytes(tail) : tail;
    }

    /** How it stands, for those who watch. */
    SessionView view() {
        final Identity identity = active == null ? null : active.publisher().identity();
        return new SessionView(
                identity == null ? "" : identity.clientName(),
                identity == null ? "" : identity.user(),
                wire.peer(),
                active == null ? 0 : active.publisher().lastSequence(),
                active == null ? 0 : active.subscriptions().size(),
                active == null ? 0 : active.subscriptions().lagBytes(parts.journal.tail()),
                out.writtenBytes(),
                out.pendingBytes());
    }

    @Override
    public String toString() {
        return active == null
                ? "peer=" + wire.peer()
                : "client=" + active.publisher().identity().clientName() + " peer=" + wire.peer();
    }

    private boolean onFrame(int templateId, DirectBuffer buffer, int offset, int length) {
        if (active == null && templateId == GoodbyeDecoder.TEMPLATE_ID) {
            leave("goodbye");
            out.closeNow();
        } else if (active == null) {
            logon.onFrame(templateId, buffer, offset);
        } else {
            return onCommand(templateId, buffer, offset, length);
        }
        return !isEnding;
    }

    private boolean onCommand(int templateId, DirectBuffer buffer, int offset, int length) {
        final Taken taken = active.onFrame(templateId, buffer, offset, length);
        if (taken == Taken.GOODBYE) {
            leave("goodbye");
            out.closeNow();
        } else if (out.hasOverflowed()) {
            parts.host.onFault(FaultKind.OVERFLOW, this + " asks and does not read the answers", null);
            end(Code.LIMIT_REACHED, "answers were not read");
        } else if (taken == Taken.NOT_YET) {
            notTakenBytes = FrameDescriptor.aligned(length);
            pause();
            return false;
        }
        return !isEnding;
    }

    /** The peer has to wait for the journal: what it has sent stays where it is, and it cannot send more for ever. */
    private void pause() {
        if (!isPaused) {
            isPaused = true;
            wire.pauseReading();
            awaitJournal();
        }
    }

    private void awaitJournal() {
        if (!isWaitingForJournal && (isPaused || active.isWaitingForJournal())) {
            isWaitingForJournal = true;
            parts.journalWaits.add(this);
        }
    }

    /** Nothing more is to be said: gives back what the session holds, and closes once all is written. */
    void finish(String why) {
        leave(why);
        out.closeWhenWritten();
    }

    /** Gives back what the session holds: from now on it takes part in nothing. */
    private void leave(String why) {
        if (isEnding) {
            return;
        }
        isEnding = true;
        logon.leave();
        timer.restart();
        if (active != null) {
            final Identity identity = active.publisher().identity();
            active.subscriptions().clear();
            parts.names.release(identity, this);
            parts.publisherLog.onSessionEnd(active.publisher(), active.isStoreDone(), parts.nowNs);
            parts.host.onLogoff(identity.clientName(), identity.user(), wire.peer(), why);
        }
    }

    private boolean isActive() {
        return active != null && !isEnding;
    }
}
