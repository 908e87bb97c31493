package io.tautwire.journal;

/** The journal on a storage that keeps what it writes, and gives its memory back at every opportunity. */
class KeptJournalTest extends JournalSuite {
    @Override
    protected Storage newStorage() {
        return new KeptStorage(JournalContract.SEGMENT);
    }

    @Override
    protected boolean isCooling() {
        return true;
    }
}
