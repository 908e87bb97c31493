package io.tautwire.client.internal.core;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.ProtocolException;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.LogonChallengeDecoder;
import io.tautwire.codec.sbe.LogonEncoder;
import io.tautwire.codec.sbe.LogonReplyDecoder;

/** From the first Logon, over challenges, to the LogonReply. */
final class Handshake {
    private enum State {
        NOT_BEGUN,
        WAITING,
        CHALLENGED,
        LOGGED_ON
    }

    /** Far more than any server needs; a peer that never stops asking does not keep a caller waiting for ever. */
    private static final int MAX_CHALLENGES = 16;

    private final SessionIdentity identity;
    private final CommandStore store;
    private final Acknowledgements acknowledgements;
    private final ControlFrames control;

    private State state = State.NOT_BEGUN;
    private Credentials credentials;
    private long nextSequenceSent;
    private int challenges;

    Handshake(SessionIdentity identity, CommandStore store, Acknowledgements acknowledgements, ControlFrames control) {
        this.identity = identity;
        this.store = store;
        this.acknowledgements = acknowledgements;
        this.control = control;
    }

    boolean isLoggedOn() {
        return state == State.LOGGED_ON;
    }

    /** Sends the first Logon. */
    void begin(Credentials credentials) {
        if (state != State.NOT_BEGUN) {
            throw new IllegalStateException("the logon has begun already");
        }
        this.credentials = credentials;
        state = State.WAITING;
        send(credentials.first());
    }

    /** Asks for an answer, during which the server has to wait. */
    void onChallenge(LogonChallengeDecoder challenge) {
        checkWaiting("LogonChallenge");
        if (++challenges > MAX_CHALLENGES) {
            throw new ProtocolException(Code.PROTOCOL_ERROR, "more than " + MAX_CHALLENGES + " logon challenges");
        }
        final byte[] bytes = new byte[challenge.challengeLength()];
        challenge.getChallenge(bytes, 0, bytes.length);
        state = State.CHALLENGED;
        credentials.onChallenge(bytes);
    }

    /** Answers the challenge with another Logon. */
    void answer(byte[] credential) {
        if (state != State.CHALLENGED) {
            throw new IllegalStateException("no challenge waits for an answer");
        }
        state = State.WAITING;
        send(credential);
    }

    /**
     * What the server says of the session that it accepts.
     *
     * @throws ProtocolException if the reply cannot be to the Logon that was sent.
     * @throws TautwireException STORE_BEHIND if the server holds commands that the store has lost.
     */
    SessionInfo onReply(LogonReplyDecoder reply) {
        checkWaiting("LogonReply");
        checkReply(reply);
        final long journalId = reply.journalId();
        final long lastAppended = reply.lastAppended();
        final long confirmedBelow = reply.confirmedBelow();
        final int epoch = reply.epoch();
        final int maxFrame = reply.maxFrame();
        final int heartbeatMs = reply.heartbeatMs();
        final AckLevel ackLevel = NewerNumbers.level(reply.ackLevel());
        final String user = reply.user();
        reply.skipNameSpace();
        return new SessionInfo(
                journalId,
                epoch,
                lastAppended,
                confirmedBelow,
                maxFrame,
                heartbeatMs,
                ackLevel,
                user,
                reply.messageType());
    }

    /**
     * Ends the handshake, if this side accepts the server as well.
     *
     * @throws io.tautwire.TautwireException if it does not.
     */
    void accept(String user) {
        credentials.onAccepted(user);
        credentials = null;
        state = State.LOGGED_ON;
    }

    private void checkReply(LogonReplyDecoder reply) {
        if (reply.version() != LogonEncoder.SCHEMA_VERSION) {
            throw new ProtocolException(
                    Code.VERSION_UNSUPPORTED,
                    "version=" + reply.version() + " was not offered; this client speaks "
                            + LogonEncoder.SCHEMA_VERSION);
        }
        if (store.origin().isReopened() && reply.lastAppended() > acknowledgements.highestSent()) {
            throw new TautwireException(
                    Code.STORE_BEHIND,
                    "lastAppended=" + reply.lastAppended() + " but this publish store knows of sent="
                            + acknowledgements.highestSent() + " incarnation=" + store.incarnation()
                            + ": the machine went down before the store was on disk, or another copy of it is in use;"
                            + " what it holds would be taken for sent before. Publish that by another store, and"
                            + " remove this one");
        }
        if (reply.lastAppended() < 0 || reply.lastAppended() >= nextSequenceSent) {
            throw new ProtocolException(
                    Code.SEQUENCE_INVALID,
                    "lastAppended=" + reply.lastAppended() + " but nextSequence=" + nextSequenceSent);
        }
        if (reply.confirmedBelow() < 0 || reply.confirmedBelow() > nextSequenceSent) {
            throw new ProtocolException(
                    Code.PROTOCOL_ERROR,
                    "confirmedBelow=" + reply.confirmedBelow() + " but nextSequence=" + nextSequenceSent);
        }
        if (reply.maxFrame() < FrameDescriptor.MAX_FRAME_BEFORE_LOGON
                || reply.heartbeatMs() <= 0
                || reply.epoch() < 0) {
            throw new ProtocolException(
                    Code.PROTOCOL_ERROR,
                    "maxFrame=" + reply.maxFrame() + " heartbeatMs=" + reply.heartbeatMs() + " epoch=" + reply.epoch());
        }
    }

    private void checkWaiting(String frame) {
        if (state != State.WAITING) {
            throw new ProtocolException(
                    Code.PROTOCOL_ERROR,
                    frame
                            + (state == State.CHALLENGED
                                    ? " while a challenge is being answered"
                                    : " while no logon is under way"));
        }
    }

    private void send(byte[] credential) {
        nextSequenceSent = store.nextSequence();
        control.logon(identity, credential, acknowledgements.lastOutcome() + 1, nextSequenceSent);
    }
}
