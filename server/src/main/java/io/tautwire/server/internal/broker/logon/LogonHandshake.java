package io.tautwire.server.internal.broker.logon;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.ProtocolException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.LogonDecoder;
import io.tautwire.codec.sbe.MessageHeaderDecoder;
import io.tautwire.server.ServerAuthenticator;
import org.agrona.DirectBuffer;

/**
 * A session until it is logged on: takes a Logon, has it checked and, where credentials are verified, waits for the
 * verdict. Anything else that comes meanwhile ends the session.
 */
public final class LogonHandshake {
    private static final int MAX_ATTEMPTS = 5;

    private final ListenerTerms terms;
    private final LogonPolicy policy;
    private final Origin origin;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LogonDecoder logon = new LogonDecoder();
    private LogonRequest request;
    private String settledUser;
    private ServerAuthenticator judge;
    private boolean isAuthenticating;
    private int attempts;

    /**
     * Waits for the first Logon.
     *
     * @param terms           of the listener that the session came by.
     * @param policy          who is admitted unasked, and who is verified.
     * @param peer            address of the client.
     * @param certificateUser whom the client's verified certificate names; empty where there is none.
     */
    public LogonHandshake(ListenerTerms terms, LogonPolicy policy, String peer, String certificateUser) {
        this.terms = terms;
        this.policy = policy;
        this.origin = new Origin(peer, certificateUser, policy.isPlainAccepted(terms));
    }

    /**
     * A frame came in.
     *
     * @return whether the authenticator must judge; if not, {@link #settledUser()} is admitted.
     * @throws ProtocolException  LOGON_REQUIRED, when this is no time for such a frame; PROTOCOL_ERROR, when it is one
     *     that no client may send.
     * @throws TautwireException with the code to refuse the logon with.
     */
    public boolean onFrame(int templateId, DirectBuffer buffer, int offset) {
        if (templateId != LogonDecoder.TEMPLATE_ID || isAuthenticating) {
            throw new ProtocolException(
                    Code.LOGON_REQUIRED,
                    "templateId=" + templateId
                            + " came before the logon was complete; send Logon and wait for its reply");
        }
        forget();
        logon.wrapAndApplyHeader(buffer, offset + FrameDescriptor.HEADER_OFFSET, header);
        final LogonRequest challenged = request;
        request = new LogonRequest(logon, origin, ++attempts);
        if (challenged != null && !request.isFrom(challenged)) { // or one user's challenge would serve another
            throw new ProtocolException(
                    Code.PROTOCOL_ERROR,
                    "an answer to a challenge may differ from the Logon before in its credential only");
        }
        LogonRules.check(request, terms);
        settledUser = challenged == null ? policy.settle(request, terms) : null; // an answer is always judged
        isAuthenticating = settledUser == null;
        return isAuthenticating;
    }

    /** The user whom nobody has to verify; empty for an anonymous one. */
    public String settledUser() {
        return settledUser;
    }

    /** Who judges the answer to the challenge before, given out once; null for the server's own authenticator. */
    public ServerAuthenticator takeJudge() {
        final ServerAuthenticator taken = judge;
        judge = null;
        return taken;
    }

    /** What was asked for last. */
    public LogonRequest request() {
        return request;
    }

    /**
     * A verdict came, or none is wanted any more; the credential is overwritten.
     *
     * @return whether one was awaited.
     */
    public boolean onVerdict() {
        final boolean wasAwaited = isAuthenticating;
        isAuthenticating = false;
        forget();
        return wasAwaited;
    }

    /**
     * Another credential is wanted.
     *
     * @param next who judges it; null for the server's own authenticator.
     * @return which challenge this is, from 1.
     * @throws TautwireException AUTHENTICATION_FAILED, when there were too many.
     */
    public int onChallenge(ServerAuthenticator next) {
        if (attempts >= MAX_ATTEMPTS) {
            throw new TautwireException(
                    Code.AUTHENTICATION_FAILED, "attempts=" + attempts + " without success; check user and credential");
        }
        judge = next;
        return attempts;
    }

    /** The message type of the session. */
    public String messageType() {
        return terms.settle(request.messageType());
    }

    /** Longest frame that the session takes once it is logged on. */
    public int maxFrame() {
        return terms.maxFrame();
    }

    /** Overwrites the credential, if one is held. */
    public void forget() {
        if (request != null) {
            request.forget();
        }
    }
}
