package io.tautwire.journal.file;

import io.tautwire.journal.Journal;
import io.tautwire.journal.recovery.Recovered;
import java.io.IOException;

/** What an open journal in files consists of. */
record FileJournalParts(
        JournalIdentity identity,
        Recovered recovered,
        boolean isSameBoot,
        FileStorage storage,
        Journal journal,
        MarkFile mark,
        DiskLock lock,
        JournalThreads threads) {
    void stopThreads() {
        if (threads != null) {
            threads.stop();
        }
    }

    /** The lock last: whoever takes it finds nobody at the files. */
    void close() {
        try (lock) {
            mark.close();
        } catch (IOException e) {
            // what was to be kept is forced; a descriptor that fails to close is closed nevertheless
        }
    }
}
