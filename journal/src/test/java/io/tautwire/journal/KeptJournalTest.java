package io.tautwire.journal;

import org.junit.jupiter.api.Nested;

/** The journal on a storage that keeps what it writes, and gives its memory back at every opportunity. */
class KeptJournalTest {
    @Nested
    class Append extends AppendContract {
        @Override
        protected Storage newStorage() {
            return new KeptStorage(SEGMENT);
        }

        @Override
        protected boolean isCooling() {
            return true;
        }
    }

    @Nested
    class Cursor extends CursorContract {
        @Override
        protected Storage newStorage() {
            return new KeptStorage(SEGMENT);
        }

        @Override
        protected boolean isCooling() {
            return true;
        }
    }

    @Nested
    class Range extends RangeContract {
        @Override
        protected Storage newStorage() {
            return new KeptStorage(SEGMENT);
        }

        @Override
        protected boolean isCooling() {
            return true;
        }
    }

    @Nested
    class Retention extends RetentionContract {
        @Override
        protected Storage newStorage() {
            return new KeptStorage(SEGMENT);
        }

        @Override
        protected boolean isCooling() {
            return true;
        }
    }

    @Nested
    class Pin extends PinContract {
        @Override
        protected Storage newStorage() {
            return new KeptStorage(SEGMENT);
        }

        @Override
        protected boolean isCooling() {
            return true;
        }
    }

    @Nested
    class Random extends RandomContract {
        @Override
        protected Storage newStorage() {
            return new KeptStorage(SEGMENT);
        }

        @Override
        protected boolean isCooling() {
            return true;
        }
    }
}
