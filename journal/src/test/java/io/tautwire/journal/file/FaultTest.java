package io.tautwire.journal.file;

import static io.tautwire.codec.sbe.Code.JOURNAL_FAILED;
import static io.tautwire.codec.sbe.Code.STORAGE_FULL;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a journal when the disk fails it. */
class FaultTest {
    private static final int SEGMENT = 8 * 1024;
    private static final int LENGTH = 1024;
    private static final Path DIRECTORY = Path.of("/data");

    private final FaultyDisk disk = new FaultyDisk(1);
    private final Stamped stamped = new Stamped();

    @ParameterizedTest
    @EnumSource
    void aFullDiskRefusesUntilThereIsRoomAgain(SegmentMemory memory) throws IOException {
        final FileJournal open = open(memory);
        stamped.append(open.journal(), LENGTH, 0, 8);
        disk.capacity(disk.usedBytes() + 5000);
        stamped.append(open.journal(), LENGTH, 8, 16);
        open.journal().force();
        assertEquals(16 * LENGTH, open.journal().forced());
        assertEquals(Journal.FULL, open.journal().claim(LENGTH));
        final TautwireException why = (TautwireException) open.journal().prepareFailure();
        assertEquals(STORAGE_FULL, why.code());
        assertTrue(why.getMessage().contains(SegmentDescriptor.fileName(2 * SEGMENT)), why::getMessage);
        assertTrue(disk.list(DIRECTORY).stream().noneMatch(name -> name.endsWith(".tmp")));
        disk.capacity(Long.MAX_VALUE);
        stamped.append(open.journal(), LENGTH, 16, 32);
        assertNull(open.journal().prepareFailure());
        open.close();
        assertEquals(32, open(memory).recovered().frames());
    }

    @ParameterizedTest
    @EnumSource
    void aJournalOfWhichNothingIsNeededStillKnowsWhereItIs(SegmentMemory memory) {
        final FileJournal open = open(memory);
        stamped.append(open.journal(), LENGTH, 0, 8);
        disk.capacity(disk.usedBytes());
        stamped.append(open.journal(), LENGTH, 8, 16);
        open.journal().force();
        open.journal().releaseTo(2 * SEGMENT);
        assertEquals(Journal.FULL, open.journal().claim(LENGTH));
        disk.kill();
        disk.capacity(Long.MAX_VALUE);
        final FileJournal again = open(memory);
        assertEquals(2 * SEGMENT, again.journal().tail());
        stamped.append(again.journal(), LENGTH, 16, 17);
        assertEquals(2 * SEGMENT, again.journal().head());
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsForcedOrTakenAfterAForceFailed(SegmentMemory memory) {
        final FileJournal open = open(memory);
        stamped.append(open.journal(), LENGTH, 0, 2);
        open.journal().force();
        disk.failForces(true);
        stamped.append(open.journal(), LENGTH, 2, 3);
        open.journal().force();
        disk.failForces(false);
        assertEquals(2 * LENGTH, open.journal().forced());
        assertEquals(JOURNAL_FAILED, failure(open).code());
        assertEquals(
                JOURNAL_FAILED,
                assertThrows(TautwireException.class, open::close).code());
        try (FileJournal again = open(memory)) {
            assertTrue(again.recovered().frames() >= 2);
            assertEquals(again.journal().tail(), again.journal().forced());
        }
    }

    @Test
    void aShortWriteFailsTheJournal() {
        final FileJournal open = open(SegmentMemory.DIRECT);
        stamped.append(open.journal(), LENGTH, 0, 1);
        disk.cutWritesShort(true);
        open.journal().force();
        assertEquals(0, open.journal().written());
        assertTrue(failure(open).getMessage().contains("request=WRITE"), failure(open)::getMessage);
    }

    @Test
    void anUnmappableFileFailsTheJournal() {
        final FileJournal open = open(SegmentMemory.MAPPED);
        disk.failMaps(true);
        final TautwireException failure =
                assertThrows(TautwireException.class, () -> stamped.append(open.journal(), LENGTH, 0, 16));
        assertEquals(JOURNAL_FAILED, failure.code());
        assertTrue(failure.getCause().getMessage().contains("cannot map"), failure::toString);
        disk.failMaps(false);
        assertThrows(TautwireException.class, () -> open.journal().claim(LENGTH));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRecoveredIsDurableBeforeTheOpenReturns(SegmentMemory memory) {
        final FileJournal open = open(memory);
        stamped.append(open.journal(), LENGTH, 0, 12);
        disk.failForces(true);
        open.journal().force();
        disk.kill();
        disk.failForces(false);
        final FileJournal again = open(memory);
        final long tail = again.journal().tail();
        for (long segment = 0; segment < tail; segment += SEGMENT) {
            final Path file = DIRECTORY.resolve(SegmentDescriptor.fileName(segment));
            final int end = 4096 + (int) Math.min(SEGMENT, tail - segment);
            assertArrayEquals(Arrays.copyOf(disk.current(file), end), Arrays.copyOf(disk.durable(file), end));
        }
    }

    @Test
    void aDiskThatIsFullFromTheBeginIsSaidToBe() {
        disk.capacity(100);
        final TautwireException refusal = assertThrows(TautwireException.class, () -> open(SegmentMemory.DIRECT));
        assertEquals(JOURNAL_FAILED, refusal.code());
        disk.capacity(Long.MAX_VALUE);
        open(SegmentMemory.DIRECT).close();
    }

    private static TautwireException failure(FileJournal open) {
        return assertThrows(TautwireException.class, () -> open.journal().claim(LENGTH));
    }

    private FileJournal open(SegmentMemory memory) {
        return FileJournal.open(
                FileJournalConfig.server(DIRECTORY, 3)
                        .memory(memory)
                        .segmentLength(SEGMENT)
                        .hotSegments(64)
                        .disk(disk),
                Fresh.AT_ONCE);
    }
}
