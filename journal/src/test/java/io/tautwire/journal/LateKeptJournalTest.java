package io.tautwire.journal;

import org.junit.jupiter.api.Nested;

/** The same where the storage answers later: a cursor has to wait for what is cold. */
class LateKeptJournalTest {
    @Nested
    class Append extends AppendContract {
        @Override
        protected Storage newStorage() {
            return new LateStorage(new KeptStorage(SEGMENT));
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
            return new LateStorage(new KeptStorage(SEGMENT));
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
            return new LateStorage(new KeptStorage(SEGMENT));
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
            return new LateStorage(new KeptStorage(SEGMENT));
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
            return new LateStorage(new KeptStorage(SEGMENT));
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
            return new LateStorage(new KeptStorage(SEGMENT));
        }

        @Override
        protected boolean isCooling() {
            return true;
        }
    }
}
