package io.tautwire.journal.memory;

import io.tautwire.journal.JournalSuite;
import io.tautwire.journal.Storage;

/** The journal on memory. */
class MemoryJournalTest extends JournalSuite {
    @Override
    protected Storage newStorage() {
        return new MemoryStorage();
    }
}
