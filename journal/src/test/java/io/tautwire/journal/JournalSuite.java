package io.tautwire.journal;

import org.junit.jupiter.api.Nested;

/** Everything that {@link JournalContract} says, on one storage: a storage's test extends this. */
public abstract class JournalSuite {
    /** A new storage. */
    protected abstract Storage newStorage();

    /** A new storage for {@link RandomContract}; any other one unless this says otherwise. */
    protected Storage newRandomStorage() {
        return newStorage();
    }

    /** As {@link JournalContract#isCooling}. */
    protected boolean isCooling() {
        return false;
    }

    @Nested
    class Append extends AppendContract {
        @Override
        protected Storage newStorage() {
            return JournalSuite.this.newStorage();
        }

        @Override
        protected boolean isCooling() {
            return JournalSuite.this.isCooling();
        }
    }

    @Nested
    class Cursor extends CursorContract {
        @Override
        protected Storage newStorage() {
            return JournalSuite.this.newStorage();
        }

        @Override
        protected boolean isCooling() {
            return JournalSuite.this.isCooling();
        }
    }

    @Nested
    class Range extends RangeContract {
        @Override
        protected Storage newStorage() {
            return JournalSuite.this.newStorage();
        }

        @Override
        protected boolean isCooling() {
            return JournalSuite.this.isCooling();
        }
    }

    @Nested
    class Retention extends RetentionContract {
        @Override
        protected Storage newStorage() {
            return JournalSuite.this.newStorage();
        }

        @Override
        protected boolean isCooling() {
            return JournalSuite.this.isCooling();
        }
    }

    @Nested
    class Pin extends PinContract {
        @Override
        protected Storage newStorage() {
            return JournalSuite.this.newStorage();
        }

        @Override
        protected boolean isCooling() {
            return JournalSuite.this.isCooling();
        }
    }

    @Nested
    class Random extends RandomContract {
        @Override
        protected Storage newStorage() {
            return JournalSuite.this.newRandomStorage();
        }

        @Override
        protected boolean isCooling() {
            return JournalSuite.this.isCooling();
        }
    }
}
