package io.tautwire.journal.file;

import static io.tautwire.codec.sbe.Code.CONFIGURATION_INVALID;
import static io.tautwire.codec.sbe.Code.JOURNAL_CORRUPT;
import static io.tautwire.codec.sbe.Code.JOURNAL_IN_USE;
import static io.tautwire.codec.sbe.Code.STORE_MISMATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an opening finds, makes of it, and refuses. Whatever it refuses it lets go of. */
class OpeningTest {
    private static final int SEGMENT = 4 * 1024;
    private static final int LENGTH = 1000;

    @TempDir
    Path below;

    private final Stamped stamped = new Stamped();

    @Test
    void aSecondOpenIsRefusedAndToldWhoHoldsIt() {
        final FileJournal first = open();
        final TautwireException refusal = refused(JOURNAL_IN_USE);
        assertTrue(
                refusal.getMessage().contains("pid=" + ProcessHandle.current().pid()), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("directory=" + first.directory()), refusal::getMessage);
        first.close();
        open().close();
    }

    @Test
    void aJournalOfAnotherKindOrOwnerIsRefused() {
        open().close();
        final FileJournalConfig other = FileJournalConfig.store(journal(), 1, "me", 2);
        assertEquals(CONFIGURATION_INVALID, code(other));
        final Path store = below.resolve("store");
        FileJournal.open(FileJournalConfig.store(store, 1, "me", 2)).close();
        final FileJournalConfig you = FileJournalConfig.store(store, 1, "you", 2);
        assertEquals(STORE_MISMATCH, code(you));
        FileJournal.open(FileJournalConfig.store(store, 1, "me", 2)).close();
    }

    @Test
    void anInterruptedCreationOpensAgainAsEmpty() throws IOException {
        open().close();
        final TreeMap<String, byte[]> whole = files();
        for (final String last : whole.keySet()) {
            if (last.endsWith(".seg")) {
                continue;
            }
            for (final String suffix : new String[] {"", ".tmp"}) {
                clear();
                Files.write(journal().resolve("lock"), new byte[0]);
                if (!last.equals("journal.mark")) {
                    Files.write(journal().resolve("journal.mark"), whole.get("journal.mark"));
                }
                final byte[] bytes = whole.get(last);
                final int length = suffix.isEmpty() ? bytes.length : bytes.length / 2;
                Files.write(journal().resolve(last + suffix), Arrays.copyOf(bytes, length));
                try (FileJournal again = open()) {
                    assertEquals(0, again.journal().tail(), last + suffix);
                    assertEquals(0, again.journal().epoch());
                }
            }
        }
    }

    @Test
    void anUnfinishedSegmentIsThrownAway() throws IOException {
        fill();
        final Path unfinished = journal().resolve(SegmentDescriptor.fileName(1 << 20) + ".tmp");
        Files.write(unfinished, new byte[100]);
        open().close();
        assertTrue(Files.notExists(unfinished));
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        fill();
        final TreeMap<String, byte[]> whole = files();
        final String middle = SegmentDescriptor.fileName(SEGMENT);
        for (final String missing : new String[] {"journal.meta", "journal.mark", middle}) {
            restore(whole);
            Files.delete(journal().resolve(missing));
            final TautwireException refusal = refused(JOURNAL_CORRUPT);
            assertTrue(refusal.getMessage().contains(missing), refusal::getMessage);
        }
        restore(whole);
        for (final String name : whole.keySet()) {
            if (name.endsWith(".seg")) {
                Files.delete(journal().resolve(name));
            }
        }
        refused(JOURNAL_CORRUPT);
        restore(whole);
        open().close();
    }

    @Test
    void aSegmentOfTheWrongLengthIsNamed() throws IOException {
        fill();
        final String name = SegmentDescriptor.fileName(SEGMENT);
        Files.write(journal().resolve(name), Arrays.copyOf(files().get(name), SEGMENT));
        final TautwireException refusal = refused(JOURNAL_CORRUPT);
        assertTrue(refusal.getMessage().contains(name + " size=4096 is not 8192"), refusal::getMessage);
    }

    @Test
    void aFlippedBitAnywhereIsFoundEachTime() throws IOException {
        fill();
        final TreeMap<String, byte[]> whole = files();
        final Random random = new Random(7);
        for (final String name : whole.keySet()) {
            final byte[] bytes = whole.get(name);
            // All that is not zeros for certain, and of the rest a part.
            for (int i = 0; i < bytes.length && !name.equals("lock"); i += i % 4096 < 80 ? 1 : 1 + random.nextInt(99)) {
                final byte bit = (byte) (1 << random.nextInt(8));
                bytes[i] ^= bit;
                Files.write(journal().resolve(name), bytes);
                assertEquals(JOURNAL_CORRUPT, code(config()), name + " at " + i);
                bytes[i] ^= bit;
            }
            Files.write(journal().resolve(name), bytes);
        }
        open().close();
    }

    @Test
    void afterAnotherBootOneTornSlotDoesNoHarm() throws IOException {
        fill();
        final byte[] mark = files().get("journal.mark");
        final FileJournalConfig elsewhere = config().disk(new UnforcedDisk("another boot"));
        mark[100] ^= 1;
        Files.write(journal().resolve("journal.mark"), mark);
        assertEquals(JOURNAL_CORRUPT, code(config()));
        try (FileJournal again = FileJournal.open(elsewhere, Fresh.AT_ONCE)) {
            assertEquals(9, again.recovered().frames());
        }
        open().close();
    }

    @Test
    void nothingIsLeftOfAnOpenThatFails() throws IOException {
        fill();
        final byte[] meta = files().get("journal.meta");
        meta[20] ^= 1;
        Files.write(journal().resolve("journal.meta"), meta);
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    JOURNAL_CORRUPT,
                    assertThrows(TautwireException.class, this::open).code());
        }
        Stamped.await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("opening-")));
        meta[20] ^= 1;
        Files.write(journal().resolve("journal.meta"), meta);
        open().close();
    }

    /** Three segments: two full and one with a frame, closed in order. */
    private void fill() {
        try (FileJournal open = open()) {
            stamped.append(open.journal(), LENGTH, 0, 9);
        }
    }

    private Path journal() {
        return below.resolve("journal");
    }

    private FileJournalConfig config() {
        return FileJournalConfig.server(journal(), 5)
                .memory(SegmentMemory.MAPPED)
                .segmentLength(SEGMENT)
                .threadPrefix("opening");
    }

    private FileJournal open() {
        return FileJournal.open(config());
    }

    private TautwireException refused(Code code) {
        final TautwireException refusal =
                assertThrows(TautwireException.class, () -> FileJournal.open(config(), Fresh.AT_ONCE));
        assertEquals(code, refusal.code(), refusal::getMessage);
        return refusal;
    }

    private static Code code(FileJournalConfig config) {
        return assertThrows(TautwireException.class, () -> FileJournal.open(config, Fresh.AT_ONCE)
                        .close())
                .code();
    }

    private TreeMap<String, byte[]> files() throws IOException {
        final TreeMap<String, byte[]> files = new TreeMap<>();
        for (final String name : Disk.system().list(journal())) {
            files.put(name, Files.readAllBytes(journal().resolve(name)));
        }
        return files;
    }

    private void clear() throws IOException {
        for (final String name : Disk.system().list(journal())) {
            Files.delete(journal().resolve(name));
        }
    }

    private void restore(TreeMap<String, byte[]> files) throws IOException {
        for (final String name : files.keySet()) {
            Files.write(journal().resolve(name), files.get(name));
        }
    }
}
