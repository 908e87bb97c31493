package io.tautwire.benchmarks;

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
import io.tautwire.server.internal.broker.counters.Counter;
import io.tautwire.server.internal.broker.logon.ListenerTerms;
import io.tautwire.server.internal.broker.logon.LogonPolicy;
import io.tautwire.server.internal.broker.logon.LogonRequest;
import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.util.List;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;

/** The real broker over a memory journal, without sockets or threads. */
final class MemoryServer implements BrokerHost {
    static final int JOURNAL_BYTES = 64 << 20;
    private static final int CATCH_UP_BYTES = 256 * 1024;

    private final EpochNanoClock clock = new OffsetEpochNanoClock();
    private final ServerLimits limits = ServerLimits.defaults();
    private final ListenerTerms terms = new ListenerTerms(true, false, List.of(), limits.maxFrame());
    private final Broker broker = new Broker(
            new BrokerConfig(limits, AccessPolicy.PERMIT_ALL, LogonPolicy.OPEN, AckLevel.RECEIVED, "benchmark"),
            new Journal(
                    new MemoryStorage(),
                    JournalConfig.ofCapacity(1, 0, WhenFull.DROP_OLDEST, JOURNAL_BYTES, limits.maxFrame())),
            this);
    private boolean isCatchUpWanted;

    WireHandler accept(Wire wire) {
        return broker.onConnected(wire, terms);
    }

    long count(Counter counter) {
        return broker.counters().get(counter);
    }

    /** Catches up, if that is wanted; whether it was. */
    boolean step() {
        final boolean wasWanted = isCatchUpWanted;
        if (wasWanted) {
            isCatchUpWanted = broker.catchUp(CATCH_UP_BYTES);
        }
        return wasWanted;
    }

    @Override
    public long epochNs() {
        return clock.nanoTime();
    }

    @Override
    public void scheduleCatchUp() {
        isCatchUpWanted = true;
    }

    @Override
    public void authenticate(long sessionId, LogonRequest request, ServerAuthenticator judge) {
        throw new IllegalStateException("credentials are not verified here");
    }

    @Override
    public void onRefused(String clientName, String peer, String code) {}

    @Override
    public void onLogon(String clientName, String user, String peer) {}

    @Override
    public void onLogoff(String clientName, String user, String peer, String why) {}

    @Override
    public void onFault(FaultKind kind, String what, Throwable cause) {
        throw new IllegalStateException(kind + ": " + what, cause);
    }
}
