package io.tautwire.system.sim;

import io.tautwire.journal.Journal;
import io.tautwire.server.internal.broker.Broker;
import io.tautwire.server.internal.broker.TransactionLog;

/** What one life of the server keeps its messages in. */
interface Keeping {
    Journal journal();

    /** Null where the journal does not outlive the process. */
    TransactionLog log();

    /** Told what was completed from now on. */
    void begin(Broker broker);

    /** Everything below was given up in order, or never there. */
    long firstPosition();

    /** Closes in order. */
    void close();
}
