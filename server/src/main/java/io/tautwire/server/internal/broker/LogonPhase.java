package io.tautwire.server.internal.broker;

import io.tautwire.TautwireException;
import io.tautwire.codec.ProtocolException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.LogonDecoder;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.internal.broker.counters.Counter;
import io.tautwire.server.internal.broker.logon.LogonHandshake;
import io.tautwire.server.internal.broker.logon.LogonRequest;
import io.tautwire.server.internal.broker.output.SessionOutput;
import org.agrona.DirectBuffer;

/** A session from its first byte until it is admitted or refused: leads the handshake, and asks for verdicts. */
final class LogonPhase {
    private final BrokerParts parts;
    private final BrokerSession session;
    private final SessionOutput out;
    private final LogonHandshake handshake;

    LogonPhase(BrokerParts parts, BrokerSession session, SessionOutput out, LogonHandshake handshake) {
        this.parts = parts;
        this.session = session;
        this.out = out;
        this.handshake = handshake;
    }

    /**
     * A frame came in.
     *
     * @throws ProtocolException if no client may send that now.
     */
    void onFrame(int templateId, DirectBuffer buffer, int offset) {
        try {
            if (handshake.onFrame(templateId, buffer, offset)) {
                parts.host.authenticate(session.id(), handshake.request(), handshake.takeJudge());
            } else {
                admit(handshake.settledUser());
            }
        } catch (ProtocolException e) {
            throw e;
        } catch (TautwireException e) {
            refuse(e.code(), e.detail());
        }
    }

    /** The credential was verified. */
    void onAccepted(String user) {
        if (handshake.onVerdict()) {
            admit(user);
        }
    }

    /** The credential was refused. */
    void onRefused(String reason) {
        if (handshake.onVerdict()) {
            refuse(Code.AUTHENTICATION_FAILED, reason);
        }
    }

    /** Another credential is wanted. */
    void onChallenged(byte[] challenge, ServerAuthenticator judge) {
        if (handshake.onVerdict()) {
            try {
                parts.frames.challenge(out, handshake.onChallenge(judge), challenge);
            } catch (TautwireException e) {
                refuse(e.code(), e.detail());
            }
        }
    }

    /** The session is over: a verdict that comes later is let pass. */
    void leave() {
        handshake.onVerdict();
        handshake.takeJudge();
    }

    private void admit(String user) {
        final TautwireException failure = parts.durability.failure();
        if (failure != null) {
            refuse(failure.code(), failure.detail());
            return;
        }
        try {
            handshake.forget();
            session.onAdmitted(Admission.admit(parts, session, out, handshake, user), handshake.maxFrame());
        } catch (TautwireException e) {
            refuse(e.code(), e.detail());
        }
    }

    private void refuse(Code code, String reason) {
        parts.counters.increment(Counter.LOGONS_REFUSED);
        final LogonRequest request = handshake.request();
        parts.host.onRefused(request.shownClientName(), request.peer(), code.name());
        parts.frames.reject(out, 0, LogonDecoder.TEMPLATE_ID, code, reason);
        session.finish(code.name());
    }
}
