package io.tautwire.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.StorageListener.Request;
import io.tautwire.journal.memory.MemoryStorage;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StorageFailureTest {
    private static final int SEGMENT = 8 * 1024;

    private final Failing storage = new Failing();
    private Journal journal;

    @BeforeEach
    void open() {
        journal = new Journal(storage, new JournalConfig(1, 0, SEGMENT, 4, WhenFull.REFUSE));
    }

    @Test
    void isNotReadyUntilTheSegmentIsPrepared() {
        final LateStorage late = new LateStorage(new MemoryStorage());
        final Journal waiting = new Journal(late, journal.config());
        assertEquals(Journal.NOT_READY, waiting.claim(100));
        assertEquals(Journal.NOT_READY, waiting.claim(100));
        assertTrue(late.step());
        assertEquals(0, waiting.claim(SEGMENT));
        waiting.commit(SEGMENT);
        assertEquals(Journal.NOT_READY, waiting.claim(100));
        assertEquals(SEGMENT, waiting.tail());
        assertTrue(late.step());
        assertEquals(SEGMENT, waiting.claim(100));
    }

    @Test
    void isFullWhileNoSegmentCanBePreparedAndAsksAgain() {
        storage.failing = Request.PREPARE;
        journal.claim(SEGMENT);
        journal.commit(SEGMENT);
        assertEquals(Journal.FULL, journal.claim(100));
        assertEquals(Journal.FULL, journal.claim(100));
        assertTrue(journal.prepareFailure() instanceof IOException);
        storage.failing = null;
        assertEquals(SEGMENT, journal.claim(100));
        assertNull(journal.prepareFailure());
    }

    @Test
    void dropsItsOldestWhenTheStorageHasNoMore() {
        final Failing limited = new Failing();
        final Journal shorter = new Journal(limited, new JournalConfig(1, 0, SEGMENT, 8, WhenFull.DROP_OLDEST));
        for (long position = 0; position < 20L * SEGMENT; position += SEGMENT) {
            limited.failing = position == 3 * SEGMENT ? Request.PREPARE : null;
            assertEquals(position, shorter.claim(SEGMENT));
            shorter.commit(SEGMENT);
        }
        assertEquals(3 * SEGMENT, shorter.tail() - shorter.head());
    }

    @Test
    void takesNothingAfterAForceFailed() {
        failsForGood(Request.FORCE);
        assertEquals(104, journal.written());
        assertEquals(0, journal.forced());
    }

    @Test
    void takesNothingAfterAWriteFailed() {
        failsForGood(Request.WRITE);
        assertEquals(0, journal.written());
    }

    @Test
    void doesNotReuseWhatIsNotWrittenYet() {
        final LateStorage late = new LateStorage(new MemoryStorage());
        final Journal waiting = new Journal(late, new JournalConfig(1, 0, SEGMENT, 2, WhenFull.REFUSE));
        for (int i = 0; i < 2; i++) {
            assertTrue(late.step());
            waiting.claim(SEGMENT);
            waiting.commit(SEGMENT);
        }
        waiting.force();
        waiting.releaseTo(waiting.tail());
        assertEquals(Journal.FULL, waiting.claim(100));
        assertTrue(late.step());
        assertEquals(SEGMENT, waiting.written());
        assertEquals(Journal.NOT_READY, waiting.claim(100));
    }

    private void failsForGood(Request request) {
        storage.failing = request;
        journal.claim(100);
        journal.commit(100);
        journal.force();
        storage.failing = null;
        final TautwireException refused = assertThrows(TautwireException.class, () -> journal.claim(100));
        assertEquals(Code.JOURNAL_FAILED, refused.code());
        assertSame(storage.cause, refused.getCause());
        assertThrows(TautwireException.class, journal::force);
    }

    /** Memory whose requests of one kind fail. */
    private static final class Failing implements Storage {
        private final IOException cause = new IOException("No space left on device");
        private final MemoryStorage memory = new MemoryStorage();
        private StorageListener listener;
        private Request failing;

        @Override
        public void open(StorageListener to, int segmentLength) {
            listener = to;
            memory.open(to, segmentLength);
        }

        @Override
        public void prepare(long segmentPosition) {
            run(Request.PREPARE, segmentPosition, () -> memory.prepare(segmentPosition));
        }

        @Override
        public void write(long position, int length) {
            run(Request.WRITE, position, () -> memory.write(position, length));
        }

        @Override
        public void force(long position) {
            run(Request.FORCE, position, () -> memory.force(position));
        }

        @Override
        public void read(long segmentPosition) {
            run(Request.READ, segmentPosition, () -> memory.read(segmentPosition));
        }

        @Override
        public void cool(long segmentPosition) {
            memory.cool(segmentPosition);
        }

        @Override
        public void head(long position) {
            memory.head(position);
        }

        @Override
        public void release(long segmentPosition) {
            run(Request.RELEASE, segmentPosition, () -> memory.release(segmentPosition));
        }

        @Override
        public void close() {
            memory.close();
        }

        private void run(Request request, long position, Runnable action) {
            if (request == failing) {
                listener.onFailed(request, position, cause);
            } else {
                action.run();
            }
        }
    }
}
