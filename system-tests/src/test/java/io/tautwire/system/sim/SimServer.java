package io.tautwire.system.sim;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.memory.MemoryStorage;
import io.tautwire.server.AccessPolicy;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.ServerLimits;
import io.tautwire.server.internal.broker.Broker;
import io.tautwire.server.internal.broker.BrokerConfig;
import io.tautwire.server.internal.broker.BrokerHost;
import io.tautwire.server.internal.broker.FaultKind;
import io.tautwire.server.internal.broker.logon.ListenerTerms;
import io.tautwire.server.internal.broker.logon.LogonPolicy;
import io.tautwire.server.internal.broker.logon.LogonRequest;
import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The real broker over a real journal, on virtual time: credentials are verified late, catching up takes turns. */
final class SimServer implements BrokerHost {
    static final String FORBIDDEN_TOPIC = "trades/FORBIDDEN";

    private static final long EPOCH_NS = 1_700_000_000_000_000_000L;
    private static final long TICK_NS = 20_000_000;
    private static final int MAX_FRAME = 64 * 1024;
    private static final ServerLimits LIMITS = ServerLimits.defaults()
            .change()
            .maxFrame(MAX_FRAME)
            .outputBytes(MAX_FRAME * 3)
            .heartbeat(Duration.ofMillis(200))
            .done();

    private final VirtualTime time;
    private final Random random;
    private final Trace trace;
    private final Journal journal;
    private final Broker broker;
    private boolean isCatchUpScheduled;

    SimServer(VirtualTime time, Random random, Trace trace, int segmentLength, int maxSegments) {
        this.time = time;
        this.random = random;
        this.trace = trace;
        this.journal = new Journal(
                new MemoryStorage(),
                new JournalConfig(random.nextLong(), 1, segmentLength, maxSegments, WhenFull.DROP_OLDEST));
        this.broker = new Broker(
                new BrokerConfig(LIMITS, new NoForbiddenTopic(), LogonPolicy.VERIFYING, AckLevel.RECEIVED, "simulated"),
                journal,
                this);
        time.after(TICK_NS, this::tick);
    }

    Journal journal() {
        return journal;
    }

    WireHandler onConnected(Wire wire) {
        return broker.onConnected(wire, new ListenerTerms(true, false, List.of(), MAX_FRAME));
    }

    @Override
    public long epochNs() {
        return EPOCH_NS + time.nowNs();
    }

    @Override
    public void authenticate(long sessionId, LogonRequest request, ServerAuthenticator judge) {
        final String user = request.user();
        time.after(random.nextInt(2_000_000), () -> broker.onAccepted(sessionId, user));
    }

    @Override
    public void scheduleCatchUp() {
        if (!isCatchUpScheduled) {
            isCatchUpScheduled = true;
            time.after(1_000 + random.nextInt(10_000), this::catchUp);
        }
    }

    @Override
    public void onRefused(String clientName, String peer, String code) {
        trace.add("refused " + clientName + " " + peer + " " + code);
    }

    @Override
    public void onLogon(String clientName, String user, String peer) {
        trace.add("logon " + clientName + " " + peer);
    }

    @Override
    public void onLogoff(String clientName, String user, String peer, String why) {
        trace.add("logoff " + clientName + " " + peer + " " + why);
    }

    @Override
    public void onFault(FaultKind kind, String what, Throwable cause) {
        throw new AssertionError("server fault " + kind + " " + what, cause);
    }

    private void catchUp() {
        isCatchUpScheduled = false;
        if (broker.catchUp(8 * 1024)) {
            scheduleCatchUp();
        }
    }

    private void tick() {
        broker.onTimer(time.nowNs());
        time.after(TICK_NS, this::tick);
    }

    private static final class NoForbiddenTopic implements AccessPolicy {
        @Override
        public boolean mayPublish(String user, String topic) {
            return !topic.equals(FORBIDDEN_TOPIC);
        }

        @Override
        public boolean maySubscribe(String user, String pattern) {
            return true;
        }
    }
}
