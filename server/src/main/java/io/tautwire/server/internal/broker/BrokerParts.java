package io.tautwire.server.internal.broker;

import io.tautwire.TautwireException;
import io.tautwire.journal.Journal;
import io.tautwire.server.internal.broker.counters.BrokerCounters;
import io.tautwire.server.internal.broker.delivery.CatchUp;
import io.tautwire.server.internal.broker.delivery.Router;
import io.tautwire.server.internal.broker.output.Batch;
import io.tautwire.server.internal.broker.output.ControlFrames;
import io.tautwire.server.internal.broker.publisher.NameTable;
import io.tautwire.server.internal.broker.publisher.PublisherTable;
import io.tautwire.server.internal.broker.rendering.MessageRenderer;

/** What the sessions of one broker share. Each part has a job of its own and knows nothing of the others. */
final class BrokerParts {
    final BrokerConfig config;
    final BrokerHost host;
    final Journal journal;
    final BrokerCounters counters = new BrokerCounters();
    final Sessions sessions = new Sessions(counters);
    final Durability durability;
    final JournalWaits journalWaits = new JournalWaits();
    final Batch batch;
    final Appender appender;
    final ControlFrames frames;
    final Router router = new Router();
    final CatchUp catchUp;
    final MessageRenderer renderer = new MessageRenderer();
    final NameTable<BrokerSession> names = new NameTable<>();
    final PublisherTable publishers;
    final PublisherLog publisherLog;

    /** Null where the journal does not outlive the process. */
    final LogKeeper logKeeper;

    /** Time of the last timer step, monotonic. */
    long nowNs;

    BrokerParts(BrokerConfig config, Journal journal, BrokerHost host, TransactionLog log) {
        this.config = config;
        this.host = host;
        this.journal = journal;
        this.durability = new Durability(journal, config.ackLevel());
        this.batch = new Batch(host::epochNs, log == null ? 0 : log.lastTimestamp());
        this.appender = new Appender(journal);
        this.frames = new ControlFrames(journal::tail);
        this.catchUp = new CatchUp(journal, host::scheduleCatchUp);
        this.publishers = log == null ? config.newPublishers() : log.publishers();
        this.publisherLog = new PublisherLog(publishers, appender, batch, log != null);
        this.logKeeper = log == null ? null : new LogKeeper(this, log);
    }

    /** Ends a step: what was appended is to be kept, and what was said goes out. */
    void endStep() {
        durability.request();
        final TautwireException failure = durability.takeFailure();
        if (failure != null) {
            host.onFault(FaultKind.JOURNAL, "nothing is acknowledged any more; restart the server", failure);
            sessions.endAll(failure.code(), failure.detail());
        }
        batch.end();
    }
}
