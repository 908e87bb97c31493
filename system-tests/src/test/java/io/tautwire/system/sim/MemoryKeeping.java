package io.tautwire.system.sim;

import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.memory.MemoryStorage;
import io.tautwire.server.internal.broker.Broker;
import io.tautwire.server.internal.broker.TransactionLog;

/** A journal in memory, which is gone with the process. */
final class MemoryKeeping implements Keeping {
    private final Journal journal;

    MemoryKeeping(Shape shape, long journalId) {
        journal = new Journal(
                new MemoryStorage(),
                new JournalConfig(journalId, 1, shape.segmentLength(), shape.maxSegments(), WhenFull.DROP_OLDEST));
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public TransactionLog log() {
        return null;
    }

    @Override
    public void begin(Broker broker) {}

    @Override
    public long firstPosition() {
        return 0;
    }

    @Override
    public void close() {
        journal.close();
    }
}
