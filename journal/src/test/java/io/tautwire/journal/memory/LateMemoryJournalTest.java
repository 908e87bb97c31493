package io.tautwire.journal.memory;

import io.tautwire.journal.LateStorage;
import io.tautwire.journal.Storage;

/** The journal on a storage that answers later, as files will. */
class LateMemoryJournalTest extends MemoryJournalTest {
    @Override
    protected Storage newStorage() {
        return new LateStorage(super.newStorage());
    }
}
