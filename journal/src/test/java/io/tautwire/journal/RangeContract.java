package io.tautwire.journal;

import static io.tautwire.journal.WhenFull.DROP_OLDEST;
import static io.tautwire.journal.WhenFull.REFUSE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Reading ranges of bytes that can be written from where they lie. */
public abstract class RangeContract extends JournalContract {
    @Test
    void givesAllWholeFramesOfASegment() {
        open(REFUSE);
        appendQuarters(6);
        final JournalCursor cursor = journal.cursor(0);
        assertEquals(SEGMENT, range(cursor, Integer.MAX_VALUE));
        cursor.skip(SEGMENT);
        assertEquals(SEGMENT / 2, range(cursor, Integer.MAX_VALUE));
        assertEquals(SEGMENT, cursor.position());
        cursor.skip(SEGMENT / 2);
        assertEquals(0, range(cursor, Integer.MAX_VALUE));
        assertEquals(journal.tail(), cursor.nextPosition());
    }

    @Test
    void givesNoMoreThanTheLimitButAtLeastOneFrame() {
        open(REFUSE);
        appendQuarters(4);
        final JournalCursor cursor = journal.cursor(0);
        assertEquals(SEGMENT / 4, range(cursor, 1));
        cursor.seek(0);
        assertEquals(SEGMENT / 4, range(cursor, SEGMENT / 2 - 1));
        cursor.seek(0);
        assertEquals(SEGMENT / 2, range(cursor, SEGMENT / 2));
    }

    @Test
    void asksAgainWithoutMoving() {
        open(REFUSE);
        appendQuarters(4);
        final JournalCursor cursor = journal.cursor(0);
        assertEquals(SEGMENT / 2, range(cursor, SEGMENT / 2));
        assertEquals(SEGMENT / 2, range(cursor, SEGMENT / 2));
        assertEquals(0, cursor.position());
    }

    @Test
    void leavesThePaddingOfASegmentOut() {
        open(REFUSE);
        append(5000, 1);
        append(5000, 2);
        final JournalCursor cursor = journal.cursor(0);
        assertEquals(5000, range(cursor, Integer.MAX_VALUE));
        cursor.skip(5000);
        assertEquals(5000, range(cursor, Integer.MAX_VALUE));
        assertEquals(SEGMENT, cursor.position());
        assertEquals(2, frames.read(cursor.buffer(), cursor.offset(), 5000));
    }

    @Test
    void givesWhatIsLeftOfARangeThatWasTakenInPart() {
        open(REFUSE);
        appendQuarters(2);
        final JournalCursor cursor = journal.cursor(0);
        assertEquals(SEGMENT / 4, range(cursor, SEGMENT / 4));
        cursor.skip(13);
        assertThrows(IllegalStateException.class, () -> poll(cursor));
        assertEquals(SEGMENT / 4 - 13, range(cursor, 1));
        assertEquals(13, cursor.offset());
        assertThrows(IllegalArgumentException.class, () -> cursor.skip(SEGMENT / 4));
        cursor.skip(SEGMENT / 4 - 13);
        assertNext(1, cursor);
    }

    @Test
    void aSeekForgetsARangeThatWasTakenInPart() {
        open(REFUSE);
        appendQuarters(2);
        final JournalCursor cursor = journal.cursor(0);
        range(cursor, Integer.MAX_VALUE);
        cursor.skip(13);
        cursor.seek(0);
        assertNext(0, cursor);
    }

    @Test
    void liesInAByteBufferThatCanBeWrittenFrom() {
        open(REFUSE);
        append(64, 1);
        append(61, 2);
        final JournalCursor cursor = journal.cursor(64);
        final int length = range(cursor, Integer.MAX_VALUE);
        final ByteBuffer bytes = cursor.buffer().byteBuffer().duplicate();
        bytes.limit(cursor.offset() + length).position(cursor.offset());
        final byte[] copy = new byte[length];
        bytes.get(copy);
        assertEquals(64, length);
        assertEquals(2, frames.read(new UnsafeBuffer(copy), 0, 61));
        assertTrue(cursor.buffer().byteBuffer().isDirect());
        assertEquals(0, cursor.buffer().wrapAdjustment());
    }

    @Test
    void tellsWhenItIsLapped() {
        open(DROP_OLDEST);
        final JournalCursor cursor = journal.cursor(0);
        appendQuarters(4 * SEGMENTS);
        assertEquals(JournalCursor.RANGE_LAPPED, range(cursor, Integer.MAX_VALUE));
        assertEquals(0, cursor.lappedFrom());
        assertEquals(journal.head(), cursor.lappedTo());
        assertEquals(SEGMENT, range(cursor, Integer.MAX_VALUE));
        assertEquals(journal.head(), cursor.position());
    }
}
