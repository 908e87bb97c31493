package io.tautwire.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.client.internal.OpenStore;
import io.tautwire.client.internal.core.Acknowledgements;
import io.tautwire.client.internal.core.ClientSession;
import io.tautwire.client.internal.core.Credentials;
import io.tautwire.client.internal.core.Interest;
import io.tautwire.client.internal.core.OutcomeListener;
import io.tautwire.client.internal.core.SendRight;
import io.tautwire.client.internal.core.SessionCounters;
import io.tautwire.client.internal.core.SessionEvents;
import io.tautwire.client.internal.core.SessionIdentity;
import io.tautwire.client.internal.core.SessionInfo;
import io.tautwire.client.internal.core.Subscriptions;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.wire.WireHandler;

/** The real client core, logged on to a {@link MemoryServer}; steps when it is told to. */
final class MemoryClient {
    final OpenStore store;
    final Acknowledgements acknowledgements;
    final ClientSession session;
    final MemoryWire toServer = new MemoryWire();
    final MemoryWire toClient = new MemoryWire();
    final WireHandler serverSide;
    private final MemoryServer server;

    MemoryClient(MemoryServer server, String name, long incarnation) {
        this.server = server;
        store = Stores.usual(incarnation);
        acknowledgements = new Acknowledgements(store, new Acknowledged());
        session = new ClientSession(
                new SessionIdentity(name, "benchmark", "", "", FrameDescriptor.DEFAULT_MAX_FRAME, false),
                toServer,
                store,
                acknowledgements,
                SendRight.ALWAYS,
                new LoggedOn(),
                new SessionCounters(),
                new Subscriptions(true));
        serverSide = server.accept(toClient);
        toServer.connect(session, serverSide);
        toClient.connect(serverSide, session);
        session.logon(new NoPassword());
        settle();
        if (!session.isLoggedOn()) {
            throw new IllegalStateException("client=" + name + " is not logged on");
        }
    }

    void subscribe(String pattern, long windowBytes, Summing handler) {
        session.subscribe(Interest.live(pattern.getBytes(UTF_8), windowBytes), handler);
        settle();
        if (!handler.isSubscribed()) {
            throw new IllegalStateException("pattern=" + pattern + " is not subscribed to");
        }
    }

    /** Lets both sides talk until neither has anything to say. */
    void settle() {
        session.flush();
        boolean isBusy = true;
        while (isBusy) {
            isBusy = toServer.step() | server.step() | toClient.step();
        }
    }

    private static final class NoPassword implements Credentials {
        @Override
        public byte[] first() {
            return new byte[0];
        }

        @Override
        public void onChallenge(byte[] challenge) {
            throw new IllegalStateException("nothing was challenged");
        }
    }

    private static final class Acknowledged implements OutcomeListener {
        @Override
        public void onRefused(MessageView original, Code code, String reason) {
            throw new IllegalStateException("refused: " + code + " " + reason);
        }

        @Override
        public void onOutcome(long from, long to, Code code, String reason, AckLevel level) {}
    }

    private static final class LoggedOn implements SessionEvents {
        @Override
        public void onLoggedOn(SessionInfo info) {}

        @Override
        public boolean onPublishGap(long fromSequence, long toSequence) {
            throw new IllegalStateException("publish gap from=" + fromSequence + " to=" + toSequence);
        }

        @Override
        public void onUnclaimed(MessageView message, boolean isRendered) {
            throw new IllegalStateException("unclaimed sequence=" + message.sequence());
        }

        @Override
        public void onEnded(Code code, String reason, Throwable cause) {
            throw new IllegalStateException("ended: " + code + " " + reason, cause);
        }
    }
}
