package io.tautwire.server.internal;

import io.tautwire.TautwireException;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.internal.broker.Broker;
import io.tautwire.server.internal.broker.BrokerHost;
import io.tautwire.server.internal.broker.FaultKind;
import io.tautwire.server.internal.broker.logon.LogonRules;
import io.tautwire.transport.TransportLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the verdict on one session's credential back to the broker's loop, as an event; from any thread. */
final class VerdictEvents implements AuthenticatorThread.Outcome {
    private static final Logger LOGGER = LoggerFactory.getLogger("io.tautwire.server");

    /** With what is around it a challenge must fit a frame of 16 KiB, the limit before logon. */
    private static final int MAX_CHALLENGE_BYTES = 8 * 1024;

    private final long sessionId;
    private final Broker broker;
    private final TransportLoop loop;
    private final BrokerHost host;

    VerdictEvents(long sessionId, Broker broker, TransportLoop loop, BrokerHost host) {
        this.sessionId = sessionId;
        this.broker = broker;
        this.loop = loop;
        this.host = host;
    }

    @Override
    public void accept(String user) {
        if (user == null || !LogonRules.isUser(user)) {
            fail("the authenticator accepted no valid user: give 1 to 255 bytes without control characters", null);
        } else {
            event(() -> broker.onAccepted(sessionId, user));
        }
    }

    @Override
    public void refuse(String reason) {
        event(() -> broker.onRefused(sessionId, String.valueOf(reason)));
    }

    @Override
    public void challenge(byte[] challenge) {
        challenge(challenge, null);
    }

    @Override
    public void challenge(byte[] challenge, ServerAuthenticator next) {
        if (challenge.length > MAX_CHALLENGE_BYTES) {
            fail("challenge length=" + challenge.length + " exceeds " + MAX_CHALLENGE_BYTES, null);
        } else {
            event(() -> broker.onChallenged(sessionId, challenge, next));
        }
    }

    @Override
    public void fail(String what, Throwable cause) {
        event(() -> {
            host.onFault(FaultKind.AUTHENTICATOR, what, cause);
            broker.onRefused(sessionId, "the server could not verify the credential; try again later");
        });
    }

    private void event(Runnable step) {
        try {
            loop.execute(step);
        } catch (TautwireException e) {
            LOGGER.debug("a verdict came after the server closed", e);
        }
    }
}
