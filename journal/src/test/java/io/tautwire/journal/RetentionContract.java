package io.tautwire.journal;

import static io.tautwire.journal.JournalCursor.END;
import static io.tautwire.journal.JournalCursor.LAPPED;
import static io.tautwire.journal.WhenFull.DROP_OLDEST;
import static io.tautwire.journal.WhenFull.REFUSE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** What is kept, what is given up, and who is told. */
public abstract class RetentionContract extends JournalContract {
    private static final long QUARTER = SEGMENT / 4;

    @Test
    void refusesWhenEverySegmentIsTaken() {
        open(REFUSE);
        appendQuarters(4 * SEGMENTS);
        assertEquals(Journal.FULL, append(64, 99));
        assertEquals(0, journal.head());
        assertEquals(SEGMENT * SEGMENTS, journal.tail());
    }

    @Test
    void takesFramesAgainWhenASegmentIsReleased() {
        open(REFUSE);
        appendQuarters(4 * SEGMENTS);
        journal.releaseTo(SEGMENT - QUARTER);
        assertEquals(Journal.FULL, append(64, 98));
        journal.releaseTo(SEGMENT);
        assertEquals(SEGMENT * SEGMENTS, append(64, 99));
        assertEquals(SEGMENT, journal.head());
    }

    @Test
    void aReleaseBackwardsDoesNothing() {
        open(REFUSE);
        appendQuarters(4);
        journal.releaseTo(2 * QUARTER);
        journal.releaseTo(QUARTER);
        assertEquals(2 * QUARTER, journal.head());
    }

    @Test
    void refusesToReleaseWhatIsNotThere() {
        open(REFUSE);
        append(64, 1);
        assertThrows(IllegalArgumentException.class, () -> journal.releaseTo(72));
        assertThrows(IllegalArgumentException.class, () -> journal.releaseTo(4));
    }

    @Test
    void aJournalThatDropsRefusesToRelease() {
        open(DROP_OLDEST);
        assertThrows(IllegalStateException.class, () -> journal.releaseTo(0));
    }

    @Test
    void twoSegmentsAreEnough() {
        open(REFUSE, 2);
        final JournalCursor cursor = journal.cursor(0);
        for (int i = 0; i < 1000; i++) {
            append(5000, i);
            assertNext(i, cursor);
            journal.releaseTo(cursor.nextPosition());
        }
        assertEquals(999L * SEGMENT + 5000, journal.tail());
    }

    @Test
    void positionsNeverRestart() {
        open(DROP_OLDEST);
        appendQuarters(100 * SEGMENTS);
        assertEquals(100 * SEGMENTS * QUARTER, journal.tail());
        final JournalCursor cursor = journal.cursor(journal.head());
        for (long id = journal.head() / QUARTER; id < 100 * SEGMENTS; id++) {
            assertNext(id, cursor);
            assertEquals(id * QUARTER, cursor.position());
        }
        assertEquals(END, poll(cursor));
    }

    @Test
    void dropsTheOldestSegmentAndNoMoreThanItMust() {
        open(DROP_OLDEST);
        appendQuarters(4 * (SEGMENTS - 1));
        assertEquals(0, journal.head());
        append((int) QUARTER, 4 * (SEGMENTS - 1));
        assertEquals(SEGMENT, journal.head());
        assertNext(4, journal.cursor(SEGMENT));
    }

    @Test
    void aLappedCursorTellsFromWhereToWhereAndGoesOnAtTheHead() {
        open(DROP_OLDEST);
        appendQuarters(4);
        final JournalCursor cursor = journal.cursor(0);
        assertNext(0, cursor);
        for (int i = 4; i < 4 * SEGMENTS + 4; i++) {
            append((int) QUARTER, i);
        }
        assertEquals(LAPPED, poll(cursor));
        assertEquals(QUARTER, cursor.lappedFrom());
        assertEquals(2 * SEGMENT, cursor.lappedTo());
        assertNext(8, cursor);
    }

    @Test
    void aCursorThatMissedOnlyPaddingIsNotLapped() {
        open(DROP_OLDEST, 4);
        append(5000, 0);
        final JournalCursor cursor = journal.cursor(5000);
        append(5000, 1);
        append(5000, 2);
        append(5000, 3);
        assertEquals(SEGMENT, journal.head());
        assertNext(1, cursor);
        append(5000, 4);
        append(5000, 5);
        assertEquals(LAPPED, poll(cursor));
        assertEquals(SEGMENT + 5000, cursor.lappedFrom());
        assertEquals(3 * SEGMENT, cursor.lappedTo());
    }

    @Test
    void aCursorBelowWhatWasReleasedIsTold() {
        open(REFUSE);
        appendQuarters(4);
        journal.releaseTo(2 * QUARTER);
        final JournalCursor cursor = journal.cursor(QUARTER);
        assertEquals(LAPPED, poll(cursor));
        assertEquals(QUARTER, cursor.lappedFrom());
        assertEquals(2 * QUARTER, cursor.lappedTo());
        assertNext(2, cursor);
    }
}
