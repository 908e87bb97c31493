package io.tautwire.journal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tautwire.journal.Frames;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.JournalCursor;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.shared.SharedAppender;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a journal costs once it has its memory. */
class SteadyStateTest {
    private static final int SEGMENT = 8 * 1024;
    private static final int LENGTH = 192;

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[LENGTH]);

    @ParameterizedTest
    @EnumSource(WhenFull.class)
    void appendingReadingAndReleasingAllocateNothing(WhenFull whenFull) {
        new Frames().write(frame, 0, LENGTH, 1);
        final Journal journal = journal(whenFull);
        final SharedAppender appender = new SharedAppender(journal);
        final JournalCursor reader = journal.cursor(0);
        final JournalCursor sender = journal.cursor(0);
        sender.pin();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 20 && allocated != 0; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            turn(20_000, journal, appender, reader, sender);
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes in the last round");
    }

    @Test
    void takesNoMoreMemoryThanItsReaderLagsBehind() {
        new Frames().write(frame, 0, LENGTH, 1);
        final Journal journal = journal(WhenFull.REFUSE);
        final JournalCursor cursor = journal.cursor(0);
        final Set<ByteBuffer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 10_000; i++) {
            assertTrue(journal.append(frame, 0, LENGTH) >= 0);
            assertEquals(JournalCursor.FRAME, cursor.poll());
            seen.add(cursor.buffer().byteBuffer());
            journal.releaseTo(cursor.nextPosition());
        }
        assertTrue(seen.size() <= 3, "segments in use: " + seen.size());
    }

    private void turn(int count, Journal journal, SharedAppender appender, JournalCursor reader, JournalCursor sender) {
        for (int i = 0; i < count; i++) {
            assertTrue(appender.append(frame, 0, LENGTH) >= 0);
            reader.poll();
            if (i % 16 == 0) {
                for (int bytes = sender.range(1 << 18); bytes > 0; bytes = sender.range(1 << 18)) {
                    sender.skip(bytes);
                }
                if (journal.config().whenFull() == WhenFull.REFUSE) {
                    journal.releaseTo(sender.nextPosition());
                }
            }
        }
    }

    private static Journal journal(WhenFull whenFull) {
        return new Journal(new MemoryStorage(), new JournalConfig(1, 0, SEGMENT, 8, whenFull));
    }
}
