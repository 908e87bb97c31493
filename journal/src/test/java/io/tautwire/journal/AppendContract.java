package io.tautwire.journal;

import static io.tautwire.journal.JournalCursor.END;
import static io.tautwire.journal.WhenFull.DROP_OLDEST;
import static io.tautwire.journal.WhenFull.REFUSE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.Code;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Claim, commit, abort. */
public abstract class AppendContract extends JournalContract {
    @Test
    void beginsEmptyAtPositionZero() {
        open(REFUSE);
        assertEquals(0, journal.head());
        assertEquals(0, journal.tail());
        assertEquals(END, poll(journal.cursor(0)));
        assertEquals(7, journal.journalId());
        assertEquals(3, journal.epoch());
    }

    @Test
    void framesBeginAtMultiplesOfEight() {
        open(REFUSE);
        assertEquals(0, append(61, 1));
        assertEquals(64, append(64, 2));
        assertEquals(128, append(65, 3));
        assertEquals(200, journal.tail());
    }

    @Test
    void aClaimedFrameIsNotReadableBeforeItsCommit() {
        open(REFUSE);
        assertEquals(0, claim(100));
        assertEquals(END, poll(journal.cursor(0)));
        assertEquals(0, journal.tail());
    }

    @Test
    void commitsLessThanWasClaimed() {
        open(REFUSE);
        assertEquals(0, claim(1000));
        frames.write(journal.claimBuffer(), journal.claimOffset(), 100, 1);
        journal.commit(100);
        assertEquals(104, append(64, 2));
        final JournalCursor cursor = journal.cursor(0);
        assertNext(1, cursor);
        assertNext(2, cursor);
    }

    @Test
    void zeroesThePaddingOfAFrame() {
        open(REFUSE);
        claim(61);
        journal.claimBuffer().setMemory(journal.claimOffset(), 64, (byte) 0xFF);
        final UnsafeBuffer buffer = (UnsafeBuffer) journal.claimBuffer();
        journal.commit(61);
        assertEquals((byte) 0xFF, buffer.getByte(60));
        assertEquals(0, buffer.getByte(61));
        assertEquals(0, buffer.getByte(63));
    }

    @Test
    void refusesASecondClaim() {
        open(REFUSE);
        claim(100);
        assertTrue(journal.isClaimed());
        assertThrows(IllegalStateException.class, () -> journal.claim(100));
    }

    @Test
    void refusesACommitOfMoreThanWasClaimedAndKeepsTheClaim() {
        open(REFUSE);
        claim(100);
        assertThrows(IllegalArgumentException.class, () -> journal.commit(101));
        assertThrows(IllegalArgumentException.class, () -> journal.commit(FrameDescriptor.MIN_LENGTH - 1));
        journal.commit(100);
        assertEquals(104, journal.tail());
    }

    @Test
    void refusesToCommitOrAbortWithoutAClaim() {
        open(REFUSE);
        assertThrows(IllegalStateException.class, () -> journal.commit(100));
        assertThrows(IllegalStateException.class, () -> journal.abort());
        assertThrows(IllegalStateException.class, () -> journal.claimBuffer());
    }

    @Test
    void anAbortLeavesNoTrace() {
        open(REFUSE);
        append(64, 1);
        assertEquals(64, claim(100));
        frames.write(journal.claimBuffer(), journal.claimOffset(), 100, 2);
        journal.abort();
        assertFalse(journal.isClaimed());
        assertEquals(64, journal.tail());
        assertEquals(64, append(80, 3));
        final JournalCursor cursor = journal.cursor(0);
        assertNext(1, cursor);
        assertNext(3, cursor);
        assertEquals(END, poll(cursor));
    }

    @Test
    void anAbortOfAFrameThatDidNotFitTheSegmentLeavesNoTrace() {
        open(REFUSE);
        append(64, 1);
        assertEquals(SEGMENT, claim(SEGMENT));
        journal.abort();
        assertEquals(64, journal.tail());
        assertEquals(64, append(80, 2));
        final JournalCursor cursor = journal.cursor(0);
        assertNext(1, cursor);
        assertNext(2, cursor);
        assertEquals(END, poll(cursor));
    }

    @Test
    void anAbortDropsNothing() {
        open(DROP_OLDEST);
        appendQuarters(4 * SEGMENTS - 5);
        final long head = journal.head();
        for (int i = 0; i < 3; i++) {
            assertEquals(SEGMENT * (SEGMENTS - 1L), claim(SEGMENT));
            journal.abort();
        }
        assertEquals(head, journal.head());
        assertEquals(SEGMENT / 4L * (4 * SEGMENTS - 5), journal.tail());
    }

    @Test
    void refusesAFrameLongerThanASegment() {
        open(REFUSE);
        assertEquals(Journal.TOO_LARGE, journal.claim(SEGMENT + 1));
        assertEquals(Journal.TOO_LARGE, journal.claim(FrameDescriptor.MAX_LENGTH));
        assertEquals(0, append(64, 1));
    }

    @Test
    void takesAFrameAsLongAsASegment() {
        open(REFUSE);
        assertEquals(0, append(SEGMENT, 1));
        assertEquals(SEGMENT, append(SEGMENT - 7, 2));
        final JournalCursor cursor = journal.cursor(0);
        assertNext(1, cursor);
        assertNext(2, cursor);
    }

    @Test
    void appendsVerbatim() {
        open(REFUSE);
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[200]);
        frames.write(frame, 16, 61, 9);
        assertEquals(Journal.TOO_LARGE, journal.append(new UnsafeBuffer(new byte[SEGMENT + 8]), 0, SEGMENT + 1));
        settle();
        assertEquals(0, journal.append(frame, 16, 61));
        final JournalCursor cursor = journal.cursor(0);
        assertNext(9, cursor);
        assertEquals(61, cursor.length());
        assertThrows(IndexOutOfBoundsException.class, () -> journal.append(frame, 180, 61));
        assertFalse(journal.isClaimed());
    }

    @Test
    void aFrameCanBeStampedBeforeItsCommit() {
        open(DROP_OLDEST);
        append(64, 1);
        final long position = claim(100);
        frames.write(journal.claimBuffer(), journal.claimOffset(), 100, 2);
        frames.stamp(journal.claimBuffer(), journal.claimOffset(), position, 123);
        journal.commit(100);
        final JournalCursor cursor = journal.cursor(64);
        assertNext(2, cursor);
        assertTrue(frames.isStamped(cursor.buffer(), cursor.offset()));
        assertEquals(64, FrameDescriptor.position(cursor.buffer(), cursor.offset()));
        assertEquals(123, FrameDescriptor.timestamp(cursor.buffer(), cursor.offset()));
    }

    @Test
    void whatIsForcedWasWrittenUpToTheTail() {
        open(REFUSE);
        appendQuarters(9);
        settle();
        if (!isCooling()) {
            assertEquals(0, journal.forced());
        }
        journal.force();
        settle();
        assertEquals(journal.tail(), journal.written());
        assertEquals(journal.tail(), journal.forced());
    }

    @Test
    void takesNothingOnceClosed() {
        open(REFUSE);
        journal.close();
        journal.close();
        final TautwireException refused = assertThrows(TautwireException.class, () -> journal.claim(100));
        assertEquals(Code.CLOSED, refused.code());
    }
}
