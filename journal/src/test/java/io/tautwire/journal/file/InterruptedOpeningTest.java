package io.tautwire.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Frames;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalCursor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Journals that died at one moment or another, and whose openings die in turn. */
class InterruptedOpeningTest {
    private static final int SEGMENT = 4 * 1024;
    private static final int SEEDS = 40;
    private static final Path DIRECTORY = Path.of("/data");

    private final Frames frames = new Frames();
    private final ManualExecutor forcing = new ManualExecutor();
    private FaultyDisk disk;
    private Random random;
    private long appended;

    @ParameterizedTest
    @EnumSource
    void anOpeningThatDiesAnywhereDoesNoHarm(SegmentMemory memory) {
        for (int seed = 0; seed < SEEDS; seed++) {
            try {
                run(seed, memory);
            } catch (Throwable e) {
                throw new AssertionError("seed=" + seed + ": " + e, e);
            }
        }
    }

    private void run(int seed, SegmentMemory memory) {
        disk = new FaultyDisk(seed);
        random = new Random(seed);
        appended = 0;
        final boolean isPowerEverCut = seed % 4 != 0;
        final Journal journal = open(memory, disk).journal();
        append(journal, random.nextInt(20));
        forcing.run();
        append(journal, random.nextInt(20));
        final long kept = isPowerEverCut ? journal.forced() : journal.written();
        crash(isPowerEverCut);
        for (int changes = 0; !opens(memory, changes); changes++) {
            crash(isPowerEverCut && random.nextInt(3) == 0);
        }
        crash(isPowerEverCut);
        final FileJournal open = open(memory, disk);
        assertTrue(open.journal().tail() >= kept, "tail=" + open.journal().tail() + " kept=" + kept);
        assertTrue(open.journal().epoch() > 0);
        appended = read(open.journal());
        append(open.journal(), 10);
        open.close();
        final FileJournal again = open(memory, disk);
        assertTrue(again.recovered().isClean());
        assertEquals(appended, read(again.journal()));
        again.close();
    }

    private boolean opens(SegmentMemory memory, int changes) {
        try {
            open(memory, new DyingDisk(disk, changes)).journal();
            return true;
        } catch (TautwireException dead) {
            assertEquals(Code.JOURNAL_FAILED, dead.code(), dead::getMessage);
            return false;
        }
    }

    private void crash(boolean isPowerCut) {
        if (isPowerCut) {
            disk.powerCut();
        } else {
            disk.kill();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLastFrameTornAtAnyByteIsCutAndTheJournalGoesOn(SegmentMemory memory) throws IOException {
        disk = new FaultyDisk(1);
        random = new Random(1);
        final int length = 100;
        FileJournal open = open(memory, disk);
        append(open.journal(), 3);
        forcing.run();
        final long position = open.journal().tail();
        for (int written = 0; written < length; written++) {
            append(open.journal(), length, 3);
            disk.kill();
            zero(position + written, FrameDescriptor.aligned(length) - written);
            open = open(memory, disk);
            assertEquals(position, open.journal().tail());
            assertEquals(written > 0, open.recovered().isCut());
            assertFalse(open.recovered().isClean());
            assertEquals(position, open.journal().epochs().end(open.journal().epoch() - 1));
            assertEquals(3, read(open.journal()));
        }
        append(open.journal(), length, 3);
        open.close();
        assertEquals(4, read(open(memory, disk).journal()));
    }

    private void zero(long position, int length) throws IOException {
        try (DiskFile file = disk.open(DIRECTORY.resolve(SegmentDescriptor.fileName(0)), true)) {
            file.write(SegmentDescriptor.HEADER_LENGTH + position, ByteBuffer.allocate(length));
        }
    }

    private FileJournal open(SegmentMemory memory, Disk on) {
        final FileJournalConfig config = FileJournalConfig.server(DIRECTORY, 3)
                .memory(memory)
                .segmentLength(SEGMENT)
                .hotSegments(64)
                .nanoClock(() -> 0)
                .disk(on);
        forcing.clear();
        return FileJournal.open(
                config, new StorageExecutors(Runnable::run, Runnable::run, forcing, Runnable::run, Runnable::run));
    }

    private void append(Journal journal, int count) {
        for (int i = 0; i < count; i++) {
            append(journal, 64 + random.nextInt(800), appended++);
        }
        journal.force();
    }

    private void append(Journal journal, int length, long id) {
        final long position = journal.claim(length);
        assertTrue(position >= 0, "claim: " + position);
        frames.write(journal.claimBuffer(), journal.claimOffset(), length, id);
        frames.stamp(journal.claimBuffer(), journal.claimOffset(), position, 1000);
        journal.commit(length);
        journal.force();
    }

    /** Ids from 0 on, each once and in order; how many. */
    private long read(Journal journal) {
        final JournalCursor cursor = journal.cursor(0);
        long id = 0;
        while (cursor.poll() == JournalCursor.FRAME) {
            assertEquals(id++, frames.read(cursor));
        }
        assertEquals(journal.tail(), cursor.nextPosition());
        return id;
    }
}
