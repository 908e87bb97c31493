package io.tautwire.journal;

import static io.tautwire.journal.JournalCursor.END;
import static io.tautwire.journal.WhenFull.REFUSE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import org.junit.jupiter.api.Test;

/** Reading frame by frame. */
public abstract class CursorContract extends JournalContract {
    @Test
    void readsFramesInTheirOrder() {
        open(REFUSE);
        append(61, 1);
        append(100, 2);
        final JournalCursor cursor = journal.cursor(0);
        assertNext(1, cursor);
        assertEquals(0, cursor.position());
        assertEquals(61, cursor.length());
        assertEquals(64, cursor.nextPosition());
        assertNext(2, cursor);
        assertEquals(64, cursor.position());
        assertEquals(END, poll(cursor));
        assertEquals(168, cursor.position());
        append(64, 3);
        assertNext(3, cursor);
    }

    @Test
    void neverShowsThePaddingOfASegment() {
        open(REFUSE);
        for (int left = 8; left <= 64; left += 8) {
            append(SEGMENT - left, left);
        }
        final JournalCursor cursor = journal.cursor(0);
        for (int left = 8; left <= 64; left += 8) {
            assertNext(left, cursor);
            assertEquals(SEGMENT * (left / 8 - 1L), cursor.position());
        }
        assertEquals(END, poll(cursor));
    }

    @Test
    void aCursorThatWaitsBeforeASegmentsPaddingGoesOnBehindIt() {
        open(REFUSE);
        append(5000, 1);
        final JournalCursor cursor = journal.cursor(journal.tail());
        assertEquals(END, poll(cursor));
        append(5000, 2);
        assertNext(2, cursor);
        assertEquals(SEGMENT, cursor.position());
    }

    @Test
    void manyCursorsReadIndependently() {
        open(REFUSE);
        appendQuarters(8);
        final JournalCursor[] cursors = new JournalCursor[8];
        for (int i = 0; i < cursors.length; i++) {
            cursors[i] = journal.cursor(i * (SEGMENT / 4L));
        }
        for (int i = cursors.length - 1; i >= 0; i--) {
            assertNext(i, cursors[i]);
        }
    }

    @Test
    void goesBackAndForth() {
        open(REFUSE);
        appendQuarters(8);
        final JournalCursor cursor = journal.cursor(journal.tail());
        assertEquals(END, poll(cursor));
        cursor.seek(0);
        assertNext(0, cursor);
        cursor.seek(SEGMENT);
        assertNext(4, cursor);
        cursor.seek(SEGMENT / 4);
        assertNext(1, cursor);
    }

    @Test
    void refusesAPositionThatNoFrameCanHave() {
        open(REFUSE);
        append(64, 1);
        assertThrows(IllegalArgumentException.class, () -> journal.cursor(72));
        assertThrows(IllegalArgumentException.class, () -> journal.cursor(-8));
        assertThrows(IllegalArgumentException.class, () -> journal.cursor(4));
        assertThrows(IllegalArgumentException.class, () -> journal.cursor(0).seek(72));
    }

    @Test
    void reportsAPositionWithinAFrameInsteadOfServingIt() {
        open(REFUSE);
        append(64, -1);
        final JournalCursor cursor = journal.cursor(8);
        final TautwireException refused = assertThrows(TautwireException.class, () -> poll(cursor));
        assertEquals(Code.JOURNAL_CORRUPT, refused.code());
    }
}
