package io.tautwire.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.journal.JournalModel.Frame;
import java.util.SplittableRandom;

/** A cursor, and beside it the position where the model says it stands. */
final class ModelledCursor {
    private final Frames frames = new Frames();
    private final JournalContract test;
    private final JournalModel model;
    private final JournalCursor cursor;
    private long next;

    ModelledCursor(JournalContract test, JournalModel model) {
        this.test = test;
        this.model = model;
        this.cursor = test.journal.cursor(0);
    }

    void seek(long position) {
        cursor.seek(position);
        next = position;
    }

    void poll(int times) {
        for (int i = 0; i < times; i++) {
            if (next < model.tail() && model.isLapped(next)) {
                assertEquals(JournalCursor.LAPPED, test.poll(cursor));
                assertLapped();
            } else if (next >= model.tail()) {
                assertEquals(JournalCursor.END, test.poll(cursor));
            } else {
                final Frame frame = model.from(next);
                assertEquals(JournalCursor.FRAME, test.poll(cursor));
                assertFrame(frame, cursor.position(), cursor.offset());
                assertEquals(frame.length(), cursor.length());
                assertEquals(frame.end(), cursor.nextPosition());
                next = frame.end();
            }
        }
    }

    void range(int maxBytes, SplittableRandom random) {
        final int found = test.range(cursor, maxBytes);
        if (next < model.tail() && model.isLapped(next)) {
            assertEquals(JournalCursor.RANGE_LAPPED, found);
            assertLapped();
        } else if (next >= model.tail()) {
            assertEquals(0, found);
        } else {
            assertRange(maxBytes, found);
            int left = found;
            while (left > 0) {
                assertEquals(left, test.range(cursor, 1));
                final int taken = random.nextInt(1, left + 1);
                cursor.skip(taken);
                left -= taken;
            }
            assertEquals(next, cursor.nextPosition());
        }
    }

    private void assertRange(int maxBytes, int found) {
        final int begin = cursor.offset();
        int at = 0;
        while (at < found) {
            final Frame frame = model.from(next);
            assertFrame(frame, cursor.position() + at, begin + at);
            at += (int) (frame.end() - frame.position());
            assertTrue(at <= maxBytes || at == frame.end() - frame.position(), "longer than the limit");
            next = frame.end();
        }
        assertEquals(found, at, "whole frames");
        final Frame following = model.from(next);
        final boolean isMoreContiguous = following != null && following.position() == next && begin + at < bufferEnd();
        assertTrue(!isMoreContiguous || at + following.end() - following.position() > maxBytes, "shorter than allowed");
    }

    private int bufferEnd() {
        return cursor.buffer().capacity();
    }

    private void assertFrame(Frame frame, long position, int offset) {
        assertEquals(frame.position(), position);
        assertEquals(frame.id(), frames.read(cursor.buffer(), offset, frame.length()));
    }

    private void assertLapped() {
        assertEquals(next, cursor.lappedFrom());
        assertEquals(model.head(), cursor.lappedTo());
        next = model.head();
    }
}
