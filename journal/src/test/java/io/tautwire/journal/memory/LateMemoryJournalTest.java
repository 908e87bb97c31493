package io.tautwire.journal.memory;

import io.tautwire.journal.AppendContract;
import io.tautwire.journal.CursorContract;
import io.tautwire.journal.LateStorage;
import io.tautwire.journal.PinContract;
import io.tautwire.journal.RandomContract;
import io.tautwire.journal.RangeContract;
import io.tautwire.journal.RetentionContract;
import io.tautwire.journal.Storage;
import org.junit.jupiter.api.Nested;

/** The journal on a storage that answers later, as files will. */
class LateMemoryJournalTest {
    @Nested
    class Append extends AppendContract {
        @Override
        protected Storage newStorage() {
            return new LateStorage(new MemoryStorage());
        }
    }

    @Nested
    class Cursor extends CursorContract {
        @Override
        protected Storage newStorage() {
            return new LateStorage(new MemoryStorage());
        }
    }

    @Nested
    class Range extends RangeContract {
        @Override
        protected Storage newStorage() {
            return new LateStorage(new MemoryStorage());
        }
    }

    @Nested
    class Retention extends RetentionContract {
        @Override
        protected Storage newStorage() {
            return new LateStorage(new MemoryStorage());
        }
    }

    @Nested
    class Pin extends PinContract {
        @Override
        protected Storage newStorage() {
            return new LateStorage(new MemoryStorage());
        }
    }

    @Nested
    class Random extends RandomContract {
        @Override
        protected Storage newStorage() {
            return new LateStorage(new MemoryStorage());
        }
    }
}
