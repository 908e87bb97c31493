package io.tautwire.server.internal.broker;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.memory.MemoryStorage;
import io.tautwire.server.AccessPolicy;
import io.tautwire.server.ServerLimits;
import io.tautwire.server.internal.broker.logon.ListenerTerms;
import io.tautwire.server.internal.broker.logon.LogonPolicy;
import java.util.List;

/** A broker without sockets, and peers for it. */
final class Rig {
    static final long MS = 1_000_000;

    final TestHost host = new TestHost();
    final Journal journal;
    final Broker broker;
    ListenerTerms terms;
    long nowNs;

    private long lastIncarnation = 1000;

    Rig() {
        this(ServerLimits.defaults());
    }

    Rig(ServerLimits limits) {
        this(limits, AccessPolicy.PERMIT_ALL, LogonPolicy.OPEN, 16 << 20);
    }

    Rig(LogonPolicy logon) {
        this(ServerLimits.defaults(), AccessPolicy.PERMIT_ALL, logon, 16 << 20);
    }

    Rig(ServerLimits limits, AccessPolicy access, LogonPolicy logon, long journalBytes) {
        this(limits, access, logon, JournalConfig.ofCapacity(42, 0, WhenFull.DROP_OLDEST, journalBytes, 4096));
    }

    Rig(JournalConfig config) {
        this(ServerLimits.defaults(), AccessPolicy.PERMIT_ALL, LogonPolicy.OPEN, config);
    }

    private Rig(ServerLimits limits, AccessPolicy access, LogonPolicy logon, JournalConfig config) {
        this(limits, access, logon, AckLevel.RECEIVED, new Journal(new MemoryStorage(), config));
    }

    /** A broker whose journal keeps things later than at once. */
    Rig(AckLevel level, Journal journal) {
        this(ServerLimits.defaults(), AccessPolicy.PERMIT_ALL, LogonPolicy.OPEN, level, journal);
    }

    private Rig(ServerLimits limits, AccessPolicy access, LogonPolicy logon, AckLevel level, Journal journal) {
        this(new BrokerConfig(limits, access, logon, level, "rig"), journal, null);
    }

    /** A broker whose journal is to outlive it. */
    Rig(BrokerConfig config, Journal journal, TransactionLog log) {
        this.journal = journal;
        terms = new ListenerTerms(true, false, List.of(), config.limits().maxFrame());
        broker = new Broker(config, journal, host, log);
    }

    /** A peer that is connected and has said nothing. */
    Peer connect(String name, long incarnation) {
        final Peer peer = new Peer(name, incarnation);
        connect(peer);
        return peer;
    }

    Peer connect(String name) {
        return connect(name, ++lastIncarnation);
    }

    void connect(Peer peer) {
        peer.handler(broker.onConnected(peer.wire, terms));
    }

    /** A peer that is logged on, its lines so far seen. */
    Peer logon(String name) {
        final Peer peer = connect(name).logon().send();
        final List<String> lines = peer.lines();
        if (lines.size() != 1 || !lines.get(0).startsWith("LogonReply")) {
            throw new AssertionError("not logged on: " + lines + peer.got.reasons);
        }
        return peer;
    }

    /** Has the broker catch up until there is nothing more to do. */
    void catchUp() {
        while (host.isCatchUpWanted) {
            host.isCatchUpWanted = broker.catchUp(256 * 1024);
        }
    }

    /** Time passes, in steps of 10 ms. */
    void passMs(long ms) {
        for (long i = 0; i < ms; i += 10) {
            nowNs += 10 * MS;
            broker.onTimer(nowNs);
        }
    }
}
