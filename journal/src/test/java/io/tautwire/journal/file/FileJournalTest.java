package io.tautwire.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.journal.Epochs;
import io.tautwire.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A journal in a directory, with its threads, closed and opened again. */
class FileJournalTest {
    private static final int SEGMENT = 8 * 1024;
    private static final int LENGTH = 200;

    @TempDir
    Path below;

    private final Stamped stamped = new Stamped();

    @ParameterizedTest
    @EnumSource
    void isAsItWasAfterAnOrderlyClose(SegmentMemory memory) {
        try (FileJournal first = open(memory)) {
            stamped.append(first.journal(), LENGTH, 0, 300);
            assertTrue(first.recovered().isClean());
        }
        try (FileJournal again = open(memory)) {
            assertTrue(again.recovered().isClean());
            assertFalse(again.recovered().isCut());
            assertEquals(300, again.recovered().frames());
            assertEquals(Epochs.first(0), again.journal().epochs());
            assertEquals(300, stamped.read(again.journal().cursor(0), 0));
            stamped.append(again.journal(), LENGTH, 300, 600);
            assertEquals(600, stamped.read(again.journal().cursor(0), 0));
        }
        try (FileJournal again = open(memory)) {
            assertEquals(600, again.recovered().frames());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasWrittenSurvivesTheDeathOfTheProcess(SegmentMemory memory) {
        final FileJournal first = open(memory);
        stamped.append(first.journal(), LENGTH, 0, 300);
        first.journal().force();
        Stamped.await(() -> first.journal().written() == first.journal().tail());
        final long tail = first.journal().tail();
        first.abandon();
        try (FileJournal again = open(memory)) {
            assertFalse(again.recovered().isClean());
            assertFalse(again.recovered().isCut());
            assertEquals(tail, again.journal().tail());
            assertEquals(tail, again.journal().forced());
            assertEquals(Epochs.first(0).with(1, tail), again.journal().epochs());
            assertEquals(1, again.journal().epoch());
            assertEquals(300, stamped.read(again.journal().cursor(0), 0));
        }
        try (FileJournal again = open(memory)) {
            assertEquals(1, again.journal().epoch());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasReleasedIsGone(SegmentMemory memory) throws IOException {
        final FileJournal first = open(memory);
        stamped.append(first.journal(), LENGTH, 0, 300);
        first.journal().force();
        final long head = 3 * SEGMENT;
        first.journal().releaseTo(head);
        stamped.append(first.journal(), LENGTH, 300, 400);
        Stamped.await(() ->
                segmentFiles(first.directory()).noneMatch(name -> SegmentDescriptor.position(name) < head - SEGMENT));
        first.close();
        try (FileJournal again = open(memory)) {
            assertEquals(head, again.journal().head());
            final long inASegment = SEGMENT / LENGTH;
            assertEquals(400 - 3 * inASegment, stamped.read(again.journal().cursor(head), 3 * inASegment));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aJournalOfWhichAllIsReleasedKeepsItsPosition(SegmentMemory memory) {
        long tail = 0;
        for (int i = 0; i < 5; i++) {
            final FileJournal open = open(memory);
            assertEquals(tail, open.journal().tail());
            // Frames of half a segment: the tail stands at a segment's end, and no segment is needed.
            stamped.append(open.journal(), SEGMENT / 2, 0, 2);
            open.journal().force();
            Stamped.await(() -> open.journal().written() == open.journal().tail());
            tail = open.journal().tail();
            open.journal().releaseTo(tail);
            if (i % 2 == 0) {
                open.close();
            } else {
                open.abandon();
            }
        }
        assertEquals(5 * SEGMENT, tail);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsClaimedAndGivenUpLeavesNothingBehindTheTail(SegmentMemory memory) {
        try (FileJournal first = open(memory)) {
            stamped.append(first.journal(), LENGTH, 0, 39);
            Stamped.await(() -> first.journal().claim(SEGMENT) >= 0);
            first.journal().claimBuffer().setMemory(first.journal().claimOffset(), SEGMENT, (byte) 7);
            first.journal().abort();
            Stamped.await(() -> first.journal().claim(LENGTH) >= 0);
            first.journal().claimBuffer().setMemory(first.journal().claimOffset(), LENGTH, (byte) 7);
            first.journal().abort();
        }
        try (FileJournal again = open(memory)) {
            assertEquals(39, again.recovered().frames());
        }
    }

    @Test
    void recordsWhatIsForcedEvery100MsAndWhenIdleAndNeverMore() throws IOException {
        final AtomicLong clockNs = new AtomicLong();
        final FileJournalConfig config = config(SegmentMemory.DIRECT).nanoClock(clockNs::get);
        final FileJournal open = FileJournal.open(config, Fresh.AT_ONCE);
        final Journal journal = open.journal();
        stamped.append(journal, LENGTH, 0, 1);
        journal.force();
        assertEquals(LENGTH, journal.forced());
        assertEquals(0, recorded(open).synced());
        clockNs.addAndGet(100_000_000);
        assertEquals(0, recorded(open).synced());
        stamped.append(journal, LENGTH, 1, 2);
        journal.force();
        assertEquals(2 * LENGTH, recorded(open).synced());
        stamped.append(journal, LENGTH, 2, 3);
        journal.force();
        stamped.append(journal, LENGTH, 3, 4);
        assertEquals(2 * LENGTH, recorded(open).synced());
        open.onIdle();
        assertEquals(3 * LENGTH, recorded(open).synced());
        assertFalse(recorded(open).isClean());
        journal.releaseTo(LENGTH);
        assertEquals(LENGTH, recorded(open).head());
        open.close();
        assertEquals(4 * LENGTH, recorded(open).synced());
        assertTrue(recorded(open).isClean());
    }

    @Test
    void itsThreadsRecordByThemselves() {
        try (FileJournal open = open(SegmentMemory.MAPPED)) {
            stamped.append(open.journal(), LENGTH, 0, 10);
            open.journal().force();
            Stamped.await(() -> recorded(open).synced() == 10 * LENGTH);
        }
    }

    @Test
    void aStoreKeepsItsIncarnationAndHasNoEpochs() {
        final Path path = below.resolve("store");
        FileJournal store = FileJournal.open(FileJournalConfig.store(path, 1, "pricer", 11));
        assertEquals(11, store.identity().incarnation());
        store.abandon();
        store = FileJournal.open(FileJournalConfig.store(path, 2, "pricer", 22));
        assertEquals(11, store.identity().incarnation());
        assertEquals(1, store.identity().journalId());
        assertEquals(0, store.journal().epoch());
        assertTrue(store.isSameBoot() || Disk.system().bootId().isEmpty());
        store.close();
    }

    @Test
    void closingLeavesNoThreadAndNoOpenFile() throws IOException {
        open(SegmentMemory.DIRECT).close();
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("filetest-")));
    }

    private Mark recorded(FileJournal journal) {
        try {
            return Mark.read(new JournalDirectory(Disk.system(), journal.directory()), 5, "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private FileJournal open(SegmentMemory memory) {
        return FileJournal.open(config(memory));
    }

    private FileJournalConfig config(SegmentMemory memory) {
        return FileJournalConfig.server(below.resolve("journal"), 5)
                .memory(memory)
                .segmentLength(SEGMENT)
                .hotSegments(64)
                .threadPrefix("filetest");
    }

    private static Stream<String> segmentFiles(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".seg"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
