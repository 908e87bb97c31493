package io.tautwire.journal;

import static io.tautwire.journal.WhenFull.DROP_OLDEST;
import static io.tautwire.journal.WhenFull.REFUSE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Memory is not reused under a pinned cursor. */
public abstract class PinContract extends JournalContract {
    @Test
    void memoryReleasedUnderAPinnedCursorIsNotReused() {
        open(REFUSE);
        appendQuarters(4 * SEGMENTS);
        final JournalCursor cursor = journal.cursor(0);
        assertNext(0, cursor);
        assertTrue(cursor.pin());
        journal.releaseTo(journal.tail());
        assertEquals(Journal.FULL, append(64, 99));
        assertEquals(0, frames.read(cursor));
        cursor.unpin();
        assertTrue(append(64, 99) > 0);
    }

    @Test
    void thePinMovesWithTheCursor() {
        open(REFUSE);
        appendQuarters(4 * SEGMENTS);
        final JournalCursor cursor = journal.cursor(0);
        assertTrue(cursor.pin());
        for (int i = 0; i < 4; i++) {
            assertNext(i, cursor);
        }
        journal.releaseTo(SEGMENT);
        assertEquals(Journal.FULL, append(64, 98));
        assertNext(4, cursor);
        assertTrue(append(64, 99) > 0);
    }

    @Test
    void thePinMovesWithTheRange() {
        open(REFUSE);
        appendQuarters(4 * SEGMENTS);
        final JournalCursor cursor = journal.cursor(0);
        assertTrue(cursor.pin());
        assertEquals(SEGMENT, range(cursor, SEGMENT));
        journal.releaseTo(SEGMENT);
        cursor.skip(SEGMENT - 1);
        assertEquals(Journal.FULL, append(64, 98));
        cursor.skip(1);
        assertTrue(append(64, 99) > 0);
    }

    @Test
    void aPinnedCursorHoldsADroppingJournalBack() {
        open(DROP_OLDEST);
        append(64, 0);
        final JournalCursor cursor = journal.cursor(0);
        assertTrue(cursor.pin());
        int count = 1;
        while (count < 8 * SEGMENTS && append(SEGMENT / 4, count) >= 0) {
            count++;
        }
        assertEquals(Journal.FULL, append(SEGMENT / 4, count));
        assertEquals(0, journal.head());
        for (int i = 0; i < 4; i++) {
            assertNext(i, cursor);
        }
        assertEquals(Journal.FULL, append(SEGMENT / 4, count));
        assertNext(4, cursor);
        assertTrue(append(SEGMENT / 4, count) > 0);
        assertEquals(SEGMENT, journal.head());
    }

    @Test
    void aPinBelowTheHeadIsTooLate() {
        open(REFUSE);
        appendQuarters(4);
        final JournalCursor cursor = journal.cursor(0);
        journal.releaseTo(SEGMENT);
        assertFalse(cursor.pin());
    }

    @Test
    void aPinnedCursorThatGoesBackHoldsFromThere() {
        open(REFUSE);
        appendQuarters(4 * SEGMENTS);
        final JournalCursor cursor = journal.cursor(journal.tail());
        assertTrue(cursor.pin());
        cursor.seek(0);
        journal.releaseTo(journal.tail());
        assertEquals(Journal.FULL, append(64, 99));
        cursor.close();
        assertTrue(append(64, 99) > 0);
    }

    @Test
    void pinsOfManyCursorsAllHold() {
        open(REFUSE);
        appendQuarters(4 * SEGMENTS);
        final JournalCursor[] cursors = new JournalCursor[SEGMENTS];
        for (int i = 0; i < cursors.length; i++) {
            cursors[i] = journal.cursor(i * (long) SEGMENT);
            assertTrue(cursors[i].pin());
        }
        journal.releaseTo(journal.tail());
        for (int i = 0; i < cursors.length; i++) {
            assertEquals(Journal.FULL, append(SEGMENT, 98));
            cursors[i].unpin();
            assertTrue(append(SEGMENT, 99) > 0);
        }
    }
}
