package io.tautwire.journal.file;

import io.tautwire.journal.JournalSuite;
import io.tautwire.journal.LateStorage;
import io.tautwire.journal.Storage;
import io.tautwire.journal.StorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** What every journal does, on files; completing at once but for the random one. */
abstract class FileJournalSuite extends JournalSuite {
    @TempDir
    Path below;

    abstract SegmentMemory memory();

    @Override
    protected Storage newStorage() {
        return Fresh.storage(below, memory(), 8 * 1024);
    }

    @Override
    protected Storage newRandomStorage() {
        return new LateStorage(newStorage());
    }

    @Nested
    class Requests extends StorageContract {
        @Override
        protected Storage newStorage() {
            return FileJournalSuite.this.newStorage();
        }

        @Override
        protected void await(int completions) {
            if (completed.size() != completions) {
                throw new AssertionError(completed + " are not " + completions);
            }
        }
    }
}
