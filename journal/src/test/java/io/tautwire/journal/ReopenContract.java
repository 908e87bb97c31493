package io.tautwire.journal;

import static io.tautwire.journal.JournalCursor.END;
import static io.tautwire.journal.JournalCursor.LAPPED;
import static io.tautwire.journal.WhenFull.REFUSE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;

/** A journal that was closed, or whose process died, and is opened again. */
public abstract class ReopenContract extends JournalContract {
    /** Ends the journal, in order or not, and opens it again over what is left; {@code journal} is the new one. */
    protected abstract void reopen(boolean isClean);

    /** Appends a frame with this id and a stamp. */
    protected long appendStamped(int length, long id, long timestamp) {
        final long position = claim(length);
        if (position >= 0) {
            final MutableDirectBuffer buffer = journal.claimBuffer();
            frames.write(buffer, journal.claimOffset(), length, id);
            frames.stamp(buffer, journal.claimOffset(), position, timestamp);
            journal.commit(length);
        }
        return position;
    }

    /** Forces everything and waits for it. */
    protected void forceAll() {
        journal.force();
        settle();
        assertEquals(journal.tail(), journal.forced());
    }

    @Test
    void hasWhatItHadAndGoesOnBehindIt() {
        open(REFUSE);
        for (int i = 0; i < 10; i++) {
            appendStamped(1000, i, 1000 + i);
        }
        final long tail = journal.tail();
        forceAll();
        reopen(true);
        assertEquals(0, journal.head());
        assertEquals(tail, journal.tail());
        assertEquals(tail, journal.written());
        assertEquals(tail, journal.forced());
        assertEquals(tail, appendStamped(1000, 10, 2000));
        final JournalCursor cursor = journal.cursor(0);
        for (int i = 0; i < 11; i++) {
            assertNext(i, cursor);
        }
        assertEquals(END, poll(cursor));
    }

    @Test
    void goesOnInTheNextSegmentWhereTheTailIsASegmentsEnd() {
        open(REFUSE);
        appendStamped(SEGMENT, 0, 1000);
        appendStamped(SEGMENT, 1, 1001);
        forceAll();
        reopen(true);
        assertEquals(2 * SEGMENT, journal.tail());
        assertEquals(END, poll(journal.cursor(2 * SEGMENT)));
        assertEquals(2 * SEGMENT, appendStamped(100, 2, 1002));
        final JournalCursor cursor = journal.cursor(0);
        for (int i = 0; i < 3; i++) {
            assertNext(i, cursor);
        }
    }

    @Test
    void goesOnInTheNextSegmentWhereTheRestOfTheLastIsTooShort() {
        open(REFUSE);
        appendStamped(5000, 0, 1000);
        forceAll();
        reopen(true);
        final JournalCursor waiting = journal.cursor(5000);
        assertEquals(END, poll(waiting));
        assertEquals(SEGMENT, appendStamped(5000, 1, 1001));
        assertEquals(2 * SEGMENT, appendStamped(5000, 2, 1002));
        assertNext(1, waiting);
        forceAll();
        reopen(true);
        final JournalCursor cursor = journal.cursor(0);
        for (int i = 0; i < 3; i++) {
            assertNext(i, cursor);
            assertEquals(i * (long) SEGMENT, cursor.position());
        }
    }

    @Test
    void canBeOpenedAgainBeforeItsFirstFrame() {
        open(REFUSE);
        forceAll();
        for (int i = 0; i < 3; i++) {
            reopen(i == 1);
            assertEquals(0, journal.tail());
        }
        assertEquals(0, appendStamped(100, 1, 1000));
        assertNext(1, journal.cursor(0));
    }

    @Test
    void aCursorBelowTheHeadIsTold() {
        open(REFUSE);
        for (int i = 0; i < 20; i++) {
            appendStamped(SEGMENT / 4, i, 1000 + i);
        }
        forceAll();
        journal.releaseTo(2 * SEGMENT);
        journal.reclaim();
        settle();
        reopen(true);
        assertEquals(2 * SEGMENT, journal.head());
        final JournalCursor cursor = journal.cursor(SEGMENT);
        assertEquals(LAPPED, poll(cursor));
        assertEquals(2 * SEGMENT, cursor.lappedTo());
        assertNext(8, cursor);
    }

    @Test
    void keepsTheLastFrameThoughNobodyNeedsIt() {
        open(REFUSE);
        appendStamped(SEGMENT, 0, 1000);
        appendStamped(SEGMENT, 1, 1001);
        forceAll();
        journal.releaseTo(journal.tail());
        journal.reclaim();
        settle();
        reopen(true);
        assertEquals(2 * SEGMENT, journal.head());
        assertEquals(2 * SEGMENT, journal.tail());
        assertEquals(SEGMENT, lastFrame());
        assertEquals(2 * SEGMENT, appendStamped(SEGMENT, 2, 1002));
        assertEquals(3 * SEGMENT, appendStamped(SEGMENT, 3, 1003));
        assertNext(2, journal.cursor(journal.head()));
    }

    /** Position of the last frame that the last reopening found. */
    protected abstract long lastFrame();

    @Test
    void isFullWhenItsSegmentsWereTakenBefore() {
        open(REFUSE);
        for (int i = 0; i < SEGMENTS; i++) {
            appendStamped(SEGMENT - 200, i, 1000 + i);
        }
        forceAll();
        reopen(true);
        assertTrue(appendStamped(150, 99, 2000) > 0);
        long position = 0;
        for (int i = 0; i < 3 && position >= 0; i++) {
            position = appendStamped(SEGMENT - 200, 99, 2000); // a storage may allow for one more than there were
        }
        assertEquals(Journal.FULL, position);
        final long tail = journal.tail();
        journal.releaseTo(SEGMENT);
        assertTrue(appendStamped(SEGMENT, 100, 2000) >= tail);
    }

    @Test
    void findsTheSegmentThatATimeBeganIn() {
        open(REFUSE);
        for (int i = 0; i < 20; i++) {
            appendStamped(SEGMENT / 4, i, 1000 + 10 * (i / 3));
        }
        assertTimes();
        forceAll();
        reopen(true);
        assertTimes();
        journal.releaseTo(SEGMENT + SEGMENT / 4);
        assertEquals(SEGMENT + SEGMENT / 4, journal.segmentAtOrBefore(0));
        assertEquals(SEGMENT + SEGMENT / 4, journal.segmentAtOrBefore(1015));
        assertEquals(3 * SEGMENT, journal.segmentAtOrBefore(1041));
    }

    /** First timestamps of the segments: 1000, 1010, 1020, 1040, 1050. */
    private void assertTimes() {
        assertEquals(0, journal.segmentAtOrBefore(Long.MIN_VALUE));
        assertEquals(0, journal.segmentAtOrBefore(1000));
        assertEquals(0, journal.segmentAtOrBefore(1010));
        assertEquals(SEGMENT, journal.segmentAtOrBefore(1011));
        assertEquals(SEGMENT, journal.segmentAtOrBefore(1020));
        assertEquals(2 * SEGMENT, journal.segmentAtOrBefore(1030));
        assertEquals(2 * SEGMENT, journal.segmentAtOrBefore(1040));
        assertEquals(3 * SEGMENT, journal.segmentAtOrBefore(1050));
        assertEquals(4 * SEGMENT, journal.segmentAtOrBefore(Long.MAX_VALUE));
    }

    @Test
    void canBeWarmedUp() {
        open(REFUSE);
        for (int i = 0; i < 17; i++) {
            appendStamped(SEGMENT / 4, i, 1000 + i);
        }
        forceAll();
        reopen(true);
        journal.warmUp();
        settle();
        assertTrue(journal.isWarm());
        final JournalCursor cursor = journal.cursor(0);
        for (int i = 0; i < 17; i++) {
            assertEquals(JournalCursor.FRAME, cursor.poll());
            assertEquals(i, frames.read(cursor));
        }
    }

    @Test
    void aNewEpochBeginsWhereItWasNotClosedInOrder() {
        open(REFUSE);
        appendStamped(100, 1, 1000);
        forceAll();
        final int epoch = journal.epoch();
        reopen(true);
        assertEquals(epoch, journal.epoch());
        reopen(false);
        assertEquals(epoch + 1, journal.epoch());
        assertEquals(104, journal.epochs().end(epoch));
        appendStamped(100, 2, 1001);
        forceAll();
        reopen(false);
        assertEquals(208, journal.epochs().end(epoch + 1));
        assertFalse(journal.epochs().contains(epoch + 3));
    }

    @Test
    void whatIsReleasedBeforeAnybodyAskedToWriteItIsNotMissed() {
        open(REFUSE);
        appendStamped(100, 0, 1000);
        forceAll();
        appendAndRelease(1);
        forceAll();
        reopen(true);
        assertOnlyIs(8);
    }

    /** Appends eight frames, four segments of them, and keeps the last. */
    protected void appendAndRelease(int firstId) {
        for (int id = firstId; id < firstId + 8; id++) {
            journal.releaseTo(appendStamped(SEGMENT / 2, id, 1000 + id));
            journal.reclaim();
        }
    }

    /** The frame with this id is all that is kept. */
    protected void assertOnlyIs(int id) {
        final JournalCursor cursor = journal.cursor(journal.head());
        assertNext(id, cursor);
        assertEquals(END, poll(cursor));
    }

    @Test
    void randomLifeGoesOnAcrossOpens() {
        final long seed = Long.getLong("tautwire.seed", System.nanoTime());
        final SplittableRandom random = new SplittableRandom(seed);
        try {
            open(REFUSE);
            long head = 0;
            long appended = 0;
            final TreeMap<Long, Long> kept = new TreeMap<>();
            for (int life = 0; life < 30; life++) {
                for (int i = random.nextInt(20); i > 0; i--) {
                    final int length = random.nextInt(Frames.MIN, random.nextInt(20) == 0 ? SEGMENT + 1 : 2000);
                    final long position = appendStamped(length, appended, 1000 + appended);
                    if (position >= 0) {
                        kept.put(position, appended++);
                    } else {
                        assertEquals(Journal.FULL, position);
                    }
                    if (random.nextInt(3) == 0) {
                        final Long next = kept.higherKey(head);
                        head = next == null ? journal.tail() : next;
                        journal.releaseTo(head);
                    }
                }
                forceAll();
                reopen(random.nextBoolean());
                assertKept(kept, head, random);
            }
        } catch (Throwable e) {
            throw new AssertionError("-Dtautwire.seed=" + seed, e);
        }
    }

    private void assertKept(TreeMap<Long, Long> kept, long head, SplittableRandom random) {
        assertEquals(head, journal.head());
        final JournalCursor cursor = journal.cursor(head);
        for (final Map.Entry<Long, Long> frame : kept.tailMap(head).entrySet()) {
            assertNext(frame.getValue(), cursor);
            assertEquals(frame.getKey(), cursor.position());
            if (random.nextInt(5) == 0) {
                journal.coolTo(journal.tail());
            }
        }
        assertEquals(END, poll(cursor));
    }
}
