package io.tautwire.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.journal.memory.MemoryStorage;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class JournalSmokeTest {
    @Test
    void aCursorReadsWhatWasAppended() {
        final JournalConfig config = JournalConfig.ofCapacity(7, 0, WhenFull.REFUSE, 64 * 1024, 4 * 1024);
        try (Journal journal = new Journal(new MemoryStorage(), config)) {
            final UnsafeBuffer frame = new UnsafeBuffer(new byte[40]);
            FrameDescriptor.finish(frame, 0, 36, 0);
            assertEquals(0, journal.append(frame, 0, 36));
            assertEquals(40, journal.append(frame, 0, 36));
            final JournalCursor cursor = journal.cursor(0);
            assertEquals(JournalCursor.FRAME, cursor.poll());
            assertEquals(JournalCursor.FRAME, cursor.poll());
            assertEquals(40, cursor.position());
            assertEquals(36, cursor.length());
            assertEquals(JournalCursor.END, cursor.poll());
        }
    }
}
