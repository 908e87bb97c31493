package io.tautwire.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tautwire.journal.Frames;
import io.tautwire.journal.Journal;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What appending to files costs the thread that appends, between two segments. */
class SteadyStateTest {
    private static final int LENGTH = 192;
    private static final int BATCH = 16;
    private static final int ROUND = 2_000;

    @TempDir
    Path below;

    @ParameterizedTest
    @EnumSource
    void appendingForcingAndMovingTheHeadAllocateNothing(SegmentMemory memory) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[LENGTH]);
        new Frames().write(frame, 0, LENGTH, 1);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (FileJournal open = FileJournal.open(
                FileJournalConfig.server(below.resolve("journal"), 5).memory(memory))) {
            final Journal journal = open.journal();
            Stamped.await(() -> journal.append(frame, 0, LENGTH) >= 0);
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < 100 && allocated != 0; round++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < ROUND; i++) {
                    assertTrue(journal.append(frame, 0, LENGTH) >= 0);
                    if (i % BATCH == 0) {
                        journal.force();
                        journal.releaseTo(journal.tail());
                    }
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertEquals(0, allocated, "bytes in the last round");
            open.abandon(); // these frames carry no stamp
        }
    }
}
