package io.tautwire.client.internal.core.bookmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.Bookmark;
import org.junit.jupiter.api.Test;

class SubscriptionMarksTest {
    private static final long JOURNAL = 0xABC;

    private final SubscriptionMarks marks = new SubscriptionMarks(0, "orders", MarkLog.NONE);

    @Test
    void nothingReceivedIsNowhere() {
        marks.begin("#", true);
        assertEquals(Place.NONE, marks.place());
        assertNull(marks.mostRecent());
    }

    @Test
    void beforeAnythingIsDiscardedItStandsWhereItBegan() {
        live(0, 640);
        receive(704);
        assertEquals(Place.at(640), marks.place());
        assertNull(marks.mostRecent());
    }

    @Test
    void mostRecentIsWhereEverythingBeforeIsDiscarded() {
        live(0, 0);
        receive(64, 128, 192);
        discard(128);
        assertNull(marks.mostRecent());
        discard(64);
        assertEquals(new Bookmark(JOURNAL, 0, 128), marks.mostRecent());
        discard(192);
        assertEquals(new Bookmark(JOURNAL, 0, 192), marks.mostRecent());
        assertEquals(0, marks.undiscardedCount());
    }

    @Test
    void whatIsDiscardedBehindAMessageThatIsNotTakesNoRoom() {
        live(0, 0);
        receive(64);
        for (long position = 128; position <= 64 * 100_000L; position += 64) {
            receive(position);
            discard(position);
        }
        assertEquals(1, marks.undiscardedCount());
        discard(64);
        assertEquals(new Bookmark(JOURNAL, 0, 64 * 100_000L), marks.mostRecent());
    }

    @Test
    void aBookmarkIsDiscardedOnce() {
        live(0, 0);
        receive(64);
        assertTrue(marks.discard(0, 64));
        assertFalse(marks.discard(0, 64));
        assertFalse(marks.discard(0, 128));
    }

    @Test
    void afterARestartTheUndiscardedComeAgainAndTheDiscardedDoNot() {
        live(0, 0);
        receive(64, 128, 192, 256);
        discard(64);
        discard(192);
        live(0, 128);
        assertEquals(Receipt.REPEATED, marks.received(128, 8));
        assertEquals(Receipt.KNOWN, marks.received(192, 8));
        assertEquals(Receipt.REPEATED, marks.received(256, 8));
        assertEquals(Receipt.FIRST, marks.received(320, 8));
    }

    @Test
    void withinOneLifeNothingComesTwice() {
        live(0, 0);
        receive(64, 128);
        discard(64);
        assertEquals(Receipt.KNOWN, marks.received(64, 8));
        assertEquals(Receipt.KNOWN, marks.received(128, 8));
        live(0, 128);
        assertEquals(Receipt.REPEATED, marks.received(128, 8));
        assertEquals(Receipt.KNOWN, marks.received(128, 8));
    }

    @Test
    void whatTheServerNoLongerHasIsNotWaitedFor() {
        live(0, 0);
        receive(64, 128, 192);
        live(0, 192);
        assertEquals(Receipt.REPEATED, marks.received(192, 8));
        discard(192);
        assertEquals(new Bookmark(JOURNAL, 0, 192), marks.mostRecent());
    }

    @Test
    void whatMayBeDiscardedBeforeItComesAgain() {
        live(0, 0);
        receive(64, 128);
        live(0, 64);
        assertTrue(marks.discard(0, 64));
        assertEquals(0, marks.takeFreedBytes(0), "it takes up no credit in this life");
        assertEquals(Receipt.KNOWN, marks.received(64, 8));
        assertEquals(Receipt.REPEATED, marks.received(128, 8));
    }

    @Test
    void anotherPatternGetsAllBehindThePlace() {
        live(0, 0);
        receive(64, 128, 192);
        discard(64);
        discard(192);
        marks.begin("other/#", true);
        marks.subscribed(JOURNAL, 0, 128);
        assertEquals(Receipt.REPEATED, marks.received(128, 8));
        assertEquals(Receipt.REPEATED, marks.received(160, 8), "it did not match before");
        assertEquals(Receipt.REPEATED, marks.received(192, 8), "it was discarded out of order");
        assertEquals(Receipt.FIRST, marks.received(256, 8));
    }

    @Test
    void aBeginElsewhereGetsAllFromThere() {
        live(0, 0);
        receive(64, 128);
        discard(64);
        marks.begin("#", false);
        assertNull(marks.mostRecent());
        marks.subscribed(JOURNAL, 0, 0);
        assertEquals(Receipt.REPEATED, marks.received(64, 8));
        assertEquals(Receipt.REPEATED, marks.received(128, 8));
        assertEquals(Receipt.FIRST, marks.received(192, 8));
    }

    @Test
    void anotherJournalBeginsAfresh() {
        live(0, 0);
        receive(64, 128);
        assertTrue(marks.subscribed(JOURNAL + 1, 0, 32));
        assertEquals(0, marks.undiscardedCount());
        assertEquals(16, marks.takeFreedBytes(0));
        assertEquals(Place.at(32), marks.place());
        assertEquals(Receipt.FIRST, marks.received(64, 8));
        discard(64);
        assertEquals(new Bookmark(JOURNAL + 1, 0, 64), marks.mostRecent());
    }

    @Test
    void aNewEpochTakesBackWhatLayBehindItsBegin() {
        live(0, 0);
        receive(64, 128, 192);
        discard(128);
        assertFalse(marks.subscribed(JOURNAL, 1, 128));
        assertEquals(1, marks.undiscardedCount());
        assertEquals(16, marks.takeFreedBytes(0));
        assertEquals(Receipt.FIRST, marks.received(160, 8), "positions from 128 on are others' now");
        assertFalse(marks.discard(0, 160), "no message of the old epoch");
        assertTrue(marks.discard(1, 160));
        assertTrue(marks.discard(0, 64));
        assertEquals(new Bookmark(JOURNAL, 1, 160), marks.mostRecent());
    }

    @Test
    void aMessageOfAnOldEpochThatIsStillThereHasTwoBookmarks() {
        live(0, 0);
        receive(64, 128);
        marks.subscribed(JOURNAL, 1, 192);
        assertTrue(marks.discard(0, 64));
        assertTrue(marks.discard(1, 128));
        assertFalse(marks.discard(2, 128));
    }

    @Test
    void aRestartIntoANewEpochGetsAllBehindThePlace() {
        live(0, 0);
        receive(64, 128, 192);
        discard(64);
        discard(192);
        live(1, 128);
        assertEquals(new Bookmark(JOURNAL, 0, 64), marks.mostRecent());
        assertEquals(Receipt.REPEATED, marks.received(128, 8));
        assertEquals(Receipt.REPEATED, marks.received(192, 8), "this may be another message than the one discarded");
        assertEquals(Receipt.FIRST, marks.received(256, 8));
    }

    @Test
    void whereNothingIsLeftAfterANewEpochItStillKnowsWhereItStood() {
        live(0, 0);
        receive(64, 128);
        discard(64);
        discard(128);
        marks.subscribed(JOURNAL, 1, 96);
        assertEquals(new Bookmark(JOURNAL, 0, 128), marks.mostRecent(), "the server knows where its epoch ended");
        assertEquals(Receipt.FIRST, marks.received(96, 8));
        live(2, 96);
        assertEquals(Receipt.REPEATED, marks.received(96, 8));
    }

    /** A life begins, and a session of it. */
    private void live(int epoch, long position) {
        marks.begin("#", true);
        marks.subscribed(JOURNAL, epoch, position);
    }

    private void receive(long... positions) {
        for (final long position : positions) {
            assertEquals(Receipt.FIRST, marks.received(position, 8));
        }
    }

    private void discard(long position) {
        assertTrue(marks.discard(0, position));
    }
}
