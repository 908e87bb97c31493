package io.tautwire.journal.file;

import io.tautwire.journal.AppendContract;
import io.tautwire.journal.CursorContract;
import io.tautwire.journal.LateStorage;
import io.tautwire.journal.PinContract;
import io.tautwire.journal.RandomContract;
import io.tautwire.journal.RangeContract;
import io.tautwire.journal.RetentionContract;
import io.tautwire.journal.Storage;
import io.tautwire.journal.StorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** What every journal does, on files; completing at once but for the random one. */
abstract class FileJournalSuite {
    @TempDir
    Path below;

    abstract SegmentMemory memory();

    private Storage fresh() {
        return Fresh.storage(below, memory(), 8 * 1024);
    }

    @Nested
    class Requests extends StorageContract {
        @Override
        protected Storage newStorage() {
            return fresh();
        }

        @Override
        protected void await(int completions) {
            if (completed.size() != completions) {
                throw new AssertionError(completed + " are not " + completions);
            }
        }
    }

    @Nested
    class Append extends AppendContract {
        @Override
        protected Storage newStorage() {
            return fresh();
        }
    }

    @Nested
    class Cursor extends CursorContract {
        @Override
        protected Storage newStorage() {
            return fresh();
        }
    }

    @Nested
    class Range extends RangeContract {
        @Override
        protected Storage newStorage() {
            return fresh();
        }
    }

    @Nested
    class Retention extends RetentionContract {
        @Override
        protected Storage newStorage() {
            return fresh();
        }
    }

    @Nested
    class Pin extends PinContract {
        @Override
        protected Storage newStorage() {
            return fresh();
        }
    }

    @Nested
    class Random extends RandomContract {
        @Override
        protected Storage newStorage() {
            return new LateStorage(fresh());
        }
    }
}
