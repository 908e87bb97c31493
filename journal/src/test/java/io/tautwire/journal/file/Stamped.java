package io.tautwire.journal.file;

import io.tautwire.journal.Frames;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalCursor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Appends as a server does, and reads back. */
final class Stamped {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final Frames frames = new Frames();

    /** Appends frames with these ids, waiting for segments. */
    void append(Journal journal, int length, long fromId, long toId) {
        for (long id = fromId; id < toId; id++) {
            final long[] position = {journal.claim(length)};
            await(() -> position[0] >= 0 || (position[0] = journal.claim(length)) >= 0);
            frames.write(journal.claimBuffer(), journal.claimOffset(), length, id);
            frames.stamp(journal.claimBuffer(), journal.claimOffset(), position[0], 1000 + id);
            journal.commit(length);
        }
    }

    /** Reads from the cursor on to the tail: each id is the one before it and one; how many. */
    long read(JournalCursor cursor, long firstId) {
        long id = firstId;
        while (true) {
            final int[] found = {cursor.poll()};
            await(() -> found[0] != JournalCursor.COLD || (found[0] = cursor.poll()) != JournalCursor.COLD);
            if (found[0] != JournalCursor.FRAME) {
                return id - firstId;
            }
            if (frames.read(cursor) != id) {
                throw new AssertionError("id=" + frames.read(cursor) + " instead of " + id);
            }
            id++;
        }
    }

    static void await(BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("not within " + PATIENCE_NS + " ns");
            }
            LockSupport.parkNanos(100_000);
        }
    }
}
