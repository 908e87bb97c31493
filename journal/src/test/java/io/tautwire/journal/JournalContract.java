package io.tautwire.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.AfterEach;

/**
 * What every journal does, whatever its storage: {@link AppendContract}, {@link CursorContract}, {@link RangeContract},
 * {@link RetentionContract}, {@link PinContract} and {@link RandomContract}. {@link JournalSuite} runs them all on one
 * storage.
 */
public abstract class JournalContract {
    /** Length of a segment. */
    protected static final int SEGMENT = 8 * 1024;

    /** Segments of the small journal. */
    protected static final int SEGMENTS = 8;

    /** Checks and makes frames. */
    protected final Frames frames = new Frames();

    /** Opened by {@link #open}. */
    protected Journal journal;

    private Storage storage;

    /** A new storage. */
    protected abstract Storage newStorage();

    /** Lets the storage complete something; false if it has nothing to do. */
    protected boolean step(Storage of) {
        return of instanceof LateStorage && ((LateStorage) of).step();
    }

    /** Whether memory is given back after each append, as far as it can be. */
    protected boolean isCooling() {
        return false;
    }

    @AfterEach
    void close() {
        if (journal != null) {
            journal.close();
        }
    }

    /** Opens the journal: 64 KiB in 8 segments. */
    protected void open(WhenFull whenFull) {
        open(whenFull, SEGMENTS);
    }

    /** Opens the journal with so many segments of 8 KiB. */
    protected void open(WhenFull whenFull, int segments) {
        storage = newStorage();
        journal = new Journal(storage, new JournalConfig(7, 3, SEGMENT, segments, whenFull));
    }

    /** Goes on with a journal that is opened over another storage. */
    protected void reopened(Storage over, Function<Storage, Journal> opening) {
        storage = over;
        journal = opening.apply(over);
    }

    /** Lets the storage complete everything. */
    protected void settle() {
        while (step(storage)) {
            assertTrue(journal.tail() >= 0);
        }
    }

    /** Claims, giving the storage the time it needs. */
    protected long claim(int length) {
        long position = journal.claim(length);
        while (position == Journal.NOT_READY && step(storage)) {
            position = journal.claim(length);
        }
        return position;
    }

    /** Appends a frame with this id; its position or why not. */
    protected long append(int length, long id) {
        final long position = claim(length);
        if (position >= 0) {
            final MutableDirectBuffer buffer = journal.claimBuffer();
            frames.write(buffer, journal.claimOffset(), length, id);
            journal.commit(length);
            cool();
        }
        return position;
    }

    /** Gives back what memory there is, if this journal does so. */
    protected void cool() {
        if (isCooling()) {
            journal.force();
            settle();
            journal.coolTo(journal.tail());
        }
    }

    /** Polls, giving the storage the time it needs. */
    protected int poll(JournalCursor cursor) {
        int found = cursor.poll();
        while (found == JournalCursor.COLD && step(storage)) {
            found = cursor.poll();
        }
        return found;
    }

    /** Asks for a range, giving the storage the time it needs. */
    protected int range(JournalCursor cursor, int maxBytes) {
        int found = cursor.range(maxBytes);
        while (found == JournalCursor.RANGE_COLD && step(storage)) {
            found = cursor.range(maxBytes);
        }
        return found;
    }

    /** Appends frames with ids from 0 on until a segment's worth is there: four to a segment. */
    protected void appendQuarters(int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(i * (SEGMENT / 4L), append(SEGMENT / 4, i));
        }
    }

    /** The cursor's next is a whole frame with this id. */
    protected void assertNext(long id, JournalCursor cursor) {
        assertEquals(JournalCursor.FRAME, poll(cursor));
        assertEquals(id, frames.read(cursor));
    }
}
