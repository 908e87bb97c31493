package io.tautwire.server.internal.broker;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.LogonReplyEncoder;
import io.tautwire.server.internal.broker.logon.LogonHandshake;
import io.tautwire.server.internal.broker.logon.LogonRequest;
import io.tautwire.server.internal.broker.logon.LogonRules;
import io.tautwire.server.internal.broker.output.SessionOutput;
import io.tautwire.server.internal.broker.publisher.Identity;
import io.tautwire.server.internal.broker.publisher.Publisher;
import io.tautwire.server.internal.broker.rendering.SessionRendering;

/** The last step of a logon: the name is claimed, the publisher's state is found, and the client is told both. */
final class Admission {
    /** The timer of sessions ticks four times in it at least. */
    private static final int SHORTEST_WISH_MS = 400;

    private static final int LONGEST_WISH_MS = 60_000;

    private Admission() {}

    /**
     * Admits a session.
     *
     * @throws TautwireException with the code to refuse the logon with; the session holds nothing then.
     */
    static ActiveSession admit(
            BrokerParts parts, BrokerSession session, SessionOutput out, LogonHandshake handshake, String user) {
        final LogonRequest request = handshake.request();
        final Identity identity = new Identity(user, request.clientName(), request.incarnation());
        final BrokerSession replaced = parts.names.claim(identity, session);
        if (replaced != null) {
            replaced.end(
                    Code.SESSION_REPLACED,
                    "client name=" + identity.clientName() + " logged on again from peer=" + request.peer());
        }
        final Publisher publisher = parts.publishers.open(identity);
        final int heartbeatMs = heartbeatMs(parts.config, request);
        session.heartbeatMs(heartbeatMs);
        reply(parts, out, handshake, publisher, heartbeatMs);
        publisher.confirmBelow(request.lowestOutstanding());
        final ActiveSession active = new ActiveSession(
                parts, out, publisher, request, publisher.confirmedBelow(), rendering(parts, handshake), session::fail);
        active.onStepEnd();
        parts.host.onLogon(identity.clientName(), identity.user(), request.peer());
        return active;
    }

    /** A rendered frame is longer than the one published, and must fit the session's output as that one does. */
    private static SessionRendering rendering(BrokerParts parts, LogonHandshake handshake) {
        final LogonRequest request = handshake.request();
        final int maxFrame = Math.min(request.maxFrame(), parts.config.limits().maxFrame());
        return request.isPretty() ? parts.renderer.of(handshake.messageType(), maxFrame) : null;
    }

    /** The client's wish within what the server's timer can keep, and what finds a dead peer within minutes. */
    private static int heartbeatMs(BrokerConfig config, LogonRequest request) {
        final int own = (int) config.limits().heartbeat().toMillis();
        return request.heartbeatMs() <= 0
                ? own
                : Math.max(Math.min(own, SHORTEST_WISH_MS), Math.min(request.heartbeatMs(), LONGEST_WISH_MS));
    }

    private static void reply(
            BrokerParts parts, SessionOutput out, LogonHandshake handshake, Publisher publisher, int heartbeatMs) {
        final BrokerConfig config = parts.config;
        final LogonReplyEncoder reply = parts.frames.begin(new LogonReplyEncoder());
        reply.journalId(parts.journal.journalId())
                .tail(parts.journal.tail())
                .lastAppended(publisher.lastAppended())
                .confirmedBelow(publisher.confirmedBelow())
                .epoch(parts.journal.epoch())
                .maxFrame(handshake.maxFrame())
                .heartbeatMs(heartbeatMs)
                .version(LogonRules.VERSION)
                .ackLevel(config.ackLevel())
                .user(publisher.identity().user())
                .nameSpace(LogonRules.DEFAULT_NAMESPACE)
                .messageType(handshake.messageType())
                .agent(config.agent());
        parts.frames.end(out, reply);
    }
}
