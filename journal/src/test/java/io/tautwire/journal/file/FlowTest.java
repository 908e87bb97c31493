package io.tautwire.journal.file;

import static io.tautwire.journal.file.SegmentMemory.DIRECT;
import static io.tautwire.journal.file.SegmentMemory.MAPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.journal.Frames;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who waits for whom between appending, writing, forcing and preparing. */
class FlowTest {
    private static final int SEGMENT = 8 * 1024;
    private static final int LENGTH = 1024;

    @TempDir
    Path below;

    private final ManualExecutor prepare = new ManualExecutor();
    private final ManualExecutor write = new ManualExecutor();
    private final ManualExecutor force = new ManualExecutor();
    private final StorageExecutors executors =
            new StorageExecutors(prepare, write, force, Runnable::run, Runnable::run);

    @Test
    void aWriteDoesNotWaitForTheForceBeforeIt() {
        final Journal journal = journal(DIRECT, 8);
        append(journal, 1);
        write.run();
        append(journal, 1);
        write.run();
        assertEquals(2 * LENGTH, journal.written());
        assertEquals(0, journal.forced());
        assertEquals(1, force.waiting());
        force.run();
        assertEquals(2 * LENGTH, journal.forced());
    }

    @Test
    void aForceTakesOnlyWhatIsWritten() {
        final Journal journal = journal(DIRECT, 8);
        append(journal, 1);
        force.run();
        assertEquals(0, journal.forced());
        write.run();
        force.run();
        assertEquals(LENGTH, journal.forced());
    }

    @Test
    void aWriteTakesAllThatHasArrived() {
        final Journal journal = journal(DIRECT, 8);
        append(journal, 1);
        append(journal, 1);
        append(journal, 1);
        assertEquals(1, write.waiting());
        write.run();
        assertEquals(3 * LENGTH, journal.written());
    }

    @Test
    void whatIsAppendedToMappedMemoryIsWrittenAtOnce() {
        final Journal journal = journal(MAPPED, 8);
        append(journal, 1);
        assertEquals(LENGTH, journal.written());
        assertEquals(0, write.waiting());
        assertEquals(0, journal.forced());
        force.run();
        assertEquals(LENGTH, journal.forced());
    }

    @Test
    void anAppendWaitsForNothingWhileASegmentIsPrepared() {
        final Journal journal = journal(DIRECT, 8);
        append(journal, SEGMENT / LENGTH);
        assertEquals(Journal.NOT_READY, journal.claim(LENGTH));
        prepare.run();
        append(journal, 1);
    }

    @Test
    void directMemoryIsBoundedWhileTheDiskIsBehind() {
        final Journal journal = journal(DIRECT, 3);
        for (int segment = 0; segment < 3; segment++) {
            append(journal, SEGMENT / LENGTH);
            prepare.run();
        }
        assertEquals(Journal.NOT_READY, journal.claim(LENGTH));
        write.run();
        force.run();
        prepare.run();
        assertEquals(Journal.NOT_READY, journal.claim(LENGTH));
        journal.coolTo(SEGMENT);
        assertEquals(Journal.NOT_READY, journal.claim(LENGTH));
        prepare.run();
        append(journal, 1);
        assertEquals(3 * SEGMENT + LENGTH, journal.tail());
    }

    private Journal journal(SegmentMemory memory, int maxHot) {
        final Journal journal = new Journal(
                Fresh.storage(below, memory, SEGMENT, executors, maxHot),
                new JournalConfig(7, 0, SEGMENT, 64, WhenFull.REFUSE));
        prepare.run();
        return journal;
    }

    private static void append(Journal journal, int count) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[LENGTH]);
        new Frames().write(frame, 0, LENGTH, 1);
        for (int i = 0; i < count; i++) {
            assertTrue(journal.append(frame, 0, LENGTH) >= 0);
        }
        journal.force();
    }
}
