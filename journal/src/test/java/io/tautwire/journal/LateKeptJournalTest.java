package io.tautwire.journal;

/** The same where the storage answers later: a cursor has to wait for what is cold. */
class LateKeptJournalTest extends KeptJournalTest {
    @Override
    protected Storage newStorage() {
        return new LateStorage(super.newStorage());
    }
}
