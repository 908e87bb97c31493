package io.tautwire.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Frames;
import io.tautwire.journal.Journal;
import io.tautwire.journal.recovery.FrameVisitor;
import io.tautwire.journal.recovery.Recovered;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking at a journal behind a power cut, and cutting it, interrupted after each change to the disk. */
final class JournalFilesFaultTest {
    private static final Path DIRECTORY = Path.of("/journal");
    private static final int SEGMENT = 4096;
    private static final int FRAME = 1000;
    private static final long TO = 5096;

    private final Frames frames = new Frames();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCutThatDiedIsMadeGoodByAnother(boolean isPowerCut) {
        int changes = 0;
        boolean isDone = false;
        while (!isDone) {
            final FaultyDisk disk = new FaultyDisk(changes);
            fill(disk);
            isDone = cuts(new DyingDisk(disk, changes++));
            if (isPowerCut) {
                disk.powerCut();
            } else {
                disk.kill();
            }
            assertTrue(cuts(disk), "changes=" + changes);
            try (JournalFiles files = JournalFiles.at(disk, DIRECTORY).lock(false)) {
                final Recovered recovered = files.verify(FrameVisitor.NONE);
                assertEquals(TO, recovered.tail());
                assertEquals(5, recovered.frames());
                assertTrue(recovered.isClean());
                assertEquals(TO, files.epochs().start(1));
            }
        }
        assertTrue(changes > 5, "changes=" + changes);
    }

    /** What is about to go is not counted as forced any more before it goes. */
    @Test
    void aCutThatAPowerCutEndedDoesNotKeepTheJournalFromOpening() {
        int changes = 0;
        boolean isDone = false;
        while (!isDone) {
            final FaultyDisk disk = new FaultyDisk(changes);
            fill(disk);
            isDone = cuts(new DyingDisk(disk, changes++));
            disk.powerCut();
            final FileJournal open = open(disk);
            assertTrue(open.journal().tail() >= TO, "tail=" + open.journal().tail());
            open.close();
        }
    }

    @Test
    void aTornSlotIsRemarkedOnOnlyWhereAPowerCutExplainsIt() throws IOException {
        final FaultyDisk disk = new FaultyDisk(1);
        fill(disk);
        disk.powerCut();
        damageSlot(disk);
        try (JournalFiles files = JournalFiles.at(disk, DIRECTORY).lock(false)) {
            assertEquals(12, files.scan(FrameVisitor.NONE).frames());
            final TautwireException fault =
                    assertThrows(TautwireException.class, () -> files.verify(FrameVisitor.NONE));
            assertEquals(Code.JOURNAL_CORRUPT, fault.code());
            assertTrue(fault.getMessage().contains("journal.mark"), fault.getMessage());
        }
        open(disk).abandon();
        disk.powerCut();
        damageSlot(disk);
        try (JournalFiles files = JournalFiles.at(disk, DIRECTORY).lock(false)) {
            final String remarks =
                    files.remarks(files.verify(FrameVisitor.NONE)).toString();
            assertTrue(remarks.contains("torn slot"), remarks);
        }
    }

    private static void damageSlot(Disk disk) throws IOException {
        try (DiskFile file = disk.open(DIRECTORY.resolve(MarkDescriptor.FILE_NAME), true)) {
            file.write(MarkDescriptor.BOOT_ID_OFFSET, ByteBuffer.wrap(new byte[] {1, 2, 3}));
            file.force();
        }
    }

    private static boolean cuts(Disk disk) {
        try (JournalFiles files = JournalFiles.at(disk, DIRECTORY).lock(true)) {
            files.cutAt(TO, FrameVisitor.NONE).carryOut();
            return true;
        } catch (TautwireException dead) {
            assertEquals(Code.JOURNAL_FAILED, dead.code(), dead::getMessage);
            return false;
        }
    }

    private void fill(Disk disk) {
        final FileJournal open = open(disk);
        final Journal journal = open.journal();
        for (int i = 0; i < 12; i++) {
            final long position = journal.claim(FRAME);
            frames.write(journal.claimBuffer(), journal.claimOffset(), FRAME, i);
            frames.stamp(journal.claimBuffer(), journal.claimOffset(), position, 1000);
            journal.commit(FRAME);
        }
        open.close();
    }

    private static FileJournal open(Disk disk) {
        final FileJournalConfig config = FileJournalConfig.server(DIRECTORY, 3)
                .segmentLength(SEGMENT)
                .hotSegments(64)
                .nanoClock(() -> 0)
                .disk(disk);
        return FileJournal.open(
                config,
                new StorageExecutors(Runnable::run, Runnable::run, Runnable::run, Runnable::run, Runnable::run));
    }
}
