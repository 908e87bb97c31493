package io.tautwire.journal.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.journal.Frames;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.JournalCursor;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.memory.MemoryStorage;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedAppenderTest {
    private final Frames frames = new Frames();
    private final Journal journal =
            new Journal(new MemoryStorage(), new JournalConfig(1, 0, 8 * 1024, 8, WhenFull.REFUSE));
    private final SharedAppender appender = new SharedAppender(journal);

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void othersAreBusyWhileAClaimIsHeld() {
        assertEquals(0, appender.claim(100));
        assertEquals(SharedAppender.BUSY, elsewhere(() -> appender.claim(100)));
        frames.write(appender.claimBuffer(), appender.claimOffset(), 100, 1);
        appender.commit(100);
        assertEquals(104, elsewhere(() -> appender.append(frame(64), 0, 64)));
    }

    @Test
    void anAbortLetsOthersIn() {
        assertEquals(0, appender.claim(100));
        appender.abort();
        assertEquals(0, elsewhere(() -> appender.append(frame(64), 0, 64)));
    }

    @Test
    void onlyTheClaimantEndsItsClaim() {
        appender.claim(100);
        elsewhere(() -> {
            assertThrows(IllegalStateException.class, () -> appender.commit(100));
            assertThrows(IllegalStateException.class, appender::abort);
            assertThrows(IllegalStateException.class, appender::claimBuffer);
            return 0L;
        });
        appender.abort();
        assertThrows(IllegalStateException.class, appender::abort);
    }

    @Test
    void refusesASecondClaimOfTheSameThread() {
        appender.claim(100);
        assertThrows(IllegalStateException.class, () -> appender.claim(100));
        appender.commit(100);
        assertEquals(104, journal.tail());
    }

    @Test
    void holdsNothingAfterARefusal() {
        assertEquals(Journal.TOO_LARGE, appender.claim(10_000));
        assertThrows(IllegalArgumentException.class, () -> appender.claim(1));
        assertThrows(IndexOutOfBoundsException.class, () -> appender.append(frame(64), 1, 64));
        assertEquals(0, elsewhere(() -> appender.append(frame(64), 0, 64)));
    }

    @Test
    void keepsTheClaimWhenACommitIsRefused() {
        appender.claim(100);
        assertThrows(IllegalArgumentException.class, () -> appender.commit(101));
        assertEquals(SharedAppender.BUSY, elsewhere(() -> appender.claim(100)));
        frames.write(appender.claimBuffer(), appender.claimOffset(), 100, 1);
        appender.commit(100);
        final JournalCursor cursor = journal.cursor(0);
        assertEquals(JournalCursor.FRAME, cursor.poll());
        assertTrue(frames.read(cursor) == 1);
    }

    private UnsafeBuffer frame(int length) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[length]);
        frames.write(frame, 0, length, 5);
        return frame;
    }

    private static long elsewhere(Supplier<Long> action) {
        return CompletableFuture.supplyAsync(action).join();
    }
}
