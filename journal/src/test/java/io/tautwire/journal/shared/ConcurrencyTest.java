package io.tautwire.journal.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.journal.Frames;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.JournalCursor;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads that append, read and release at once. Every frame is checked by its checksum. */
class ConcurrencyTest {
    private static final int SEGMENT = 8 * 1024;
    private static final int APPENDERS = 4;
    private static final int FRAMES_EACH = 30_000;
    private static final long FRAMES_PINNED = 20_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean isOver = new AtomicBoolean();

    /** Guarded by the claim. */
    private long nextSequence;

    @AfterEach
    void stop() throws InterruptedException {
        isOver.set(true);
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
    }

    @Test
    void everyThreadsOrderIsKeptWithoutGapsUnderBackPressure() throws Exception {
        final Journal journal = journal(WhenFull.REFUSE);
        final SharedAppender appender = new SharedAppender(journal);
        final List<Future<Long>> appending = new ArrayList<>();
        for (int i = 0; i < APPENDERS; i++) {
            final int author = i;
            appending.add(threads.submit(() -> appendAll(appender, author, FRAMES_EACH)));
        }
        final long[] next = new long[APPENDERS];
        final long read = finish(threads.submit(() -> readAll(journal, next)));
        long refusals = 0;
        for (final Future<Long> each : appending) {
            refusals += finish(each);
        }
        assertEquals((long) APPENDERS * FRAMES_EACH, read);
        assertTrue(refusals > 0, "back pressure never happened");
        for (final long count : next) {
            assertEquals(FRAMES_EACH, count);
        }
    }

    @Test
    void aPinnedReaderNeverSeesReusedMemoryWhenOthersRelease() throws Exception {
        final Journal journal = journal(WhenFull.REFUSE);
        final Future<Long> releasing = threads.submit(() -> {
            while (!isOver.get()) {
                final long tail = journal.tail();
                Thread.yield();
                journal.releaseTo(tail);
            }
            return 0L;
        });
        readsWholeFramesWhileAnotherAppends(journal);
        finish(releasing);
    }

    @Test
    void aPinnedReaderNeverSeesReusedMemoryWhenTheJournalDrops() throws Exception {
        readsWholeFramesWhileAnotherAppends(journal(WhenFull.DROP_OLDEST));
    }

    private void readsWholeFramesWhileAnotherAppends(Journal journal) throws Exception {
        final List<Future<Long>> reading = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            reading.add(threads.submit(() -> readPinned(journal)));
        }
        final SharedAppender appender = new SharedAppender(journal);
        final Future<Long> appending = threads.submit(() -> appendAll(appender, 0, Integer.MAX_VALUE));
        for (final Future<Long> each : reading) {
            assertEquals(FRAMES_PINNED, finish(each));
        }
        isOver.set(true);
        finish(appending);
    }

    /** Appends frames of one author, now and then aborting one; how often it had to wait for room. */
    private long appendAll(SharedAppender appender, int author, int count) {
        final SplittableRandom random = new SplittableRandom(author);
        final Frames frames = new Frames();
        long refusals = 0;
        int own = 0;
        while (own < count && !isOver.get()) {
            final int length = random.nextInt(Frames.MIN, 300);
            final long position = appender.claim(length);
            if (position < 0) {
                refusals += position == Journal.FULL ? 1 : 0;
                Thread.yield();
                continue;
            }
            final long id = nextSequence << 20 | (long) author << 17 | own & 0x1FFFF;
            frames.write(appender.claimBuffer(), appender.claimOffset(), length, id);
            if (random.nextInt(8) == 0) {
                appender.abort();
            } else {
                nextSequence++;
                appender.commit(length);
                own++;
            }
        }
        return refusals;
    }

    private long readAll(Journal journal, long[] next) {
        final Frames frames = new Frames();
        final JournalCursor cursor = journal.cursor(0);
        long read = 0;
        while (read < (long) APPENDERS * FRAMES_EACH && !isOver.get()) {
            if (cursor.poll() != JournalCursor.FRAME) {
                journal.releaseTo(cursor.nextPosition());
                Thread.yield();
                continue;
            }
            final long id = frames.read(cursor);
            assertEquals(read, id >>> 20, "sequence");
            assertEquals(next[(int) (id >>> 17) & 7]++, id & 0x1FFFF, "order of a thread");
            read++;
        }
        return read;
    }

    /** Pins before it reads, so that its frames are whole and rise, and what it misses it is told of. */
    private long readPinned(Journal journal) {
        final Frames frames = new Frames();
        long read = 0;
        long next = 0;
        try (JournalCursor cursor = journal.cursor(0)) {
            cursor.pin();
            while (read < FRAMES_PINNED && !isOver.get()) {
                final int found = cursor.poll();
                if (found == JournalCursor.LAPPED) {
                    next = -1;
                } else if (found == JournalCursor.FRAME) {
                    final long id = frames.read(cursor) >>> 20;
                    assertTrue(next == id || next < 0, "frames are missing before " + id);
                    next = id + 1;
                    read++;
                    pinAnew(cursor, read);
                }
            }
        }
        return read;
    }

    private static void pinAnew(JournalCursor cursor, long read) {
        if (read % 16 == 0) {
            cursor.unpin();
            Thread.yield();
            cursor.pin();
        }
    }

    private static Journal journal(WhenFull whenFull) {
        return new Journal(new MemoryStorage(), new JournalConfig(1, 0, SEGMENT, 4, whenFull));
    }

    private <T> T finish(Future<T> task) throws Exception {
        try {
            return task.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            isOver.set(true);
            throw e;
        }
    }
}
