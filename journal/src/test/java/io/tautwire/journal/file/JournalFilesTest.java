package io.tautwire.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.recovery.FrameVisitor;
import io.tautwire.journal.recovery.Recovered;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looking at a journal, and cutting it, over real files. */
@Timeout(300)
final class JournalFilesTest {
    private static final int SEGMENT = 4096;
    private static final int FRAME = 1000;

    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void setUp() {
        directory = temporary.resolve("journal");
    }

    @Test
    void aFlippedBitAnywhereInAJournalClosedInOrderIsFound() throws IOException {
        fill(6, true);
        for (final Path file : files()) {
            final long length = Files.size(file);
            for (long at = 0; at < length; at++) {
                flip(file, at);
                final TautwireException fault = assertThrows(TautwireException.class, this::verify, file + " " + at);
                assertTrue(fault.getMessage().contains("file="), fault.getMessage());
                flip(file, at);
            }
        }
        assertEquals(6, verify().frames());
    }

    @Test
    void aFlippedBitAnywhereInAJournalThatWasNotClosedIsFoundOrRemarkedOn() throws IOException {
        fill(6, false);
        final int remarks = remarks().size();
        for (final Path file : files()) {
            final long length = Files.size(file);
            for (long at = 0; at < length; at++) {
                flip(file, at);
                try {
                    assertTrue(remarks().size() > remarks, file + " " + at);
                } catch (final TautwireException e) {
                    assertTrue(e.getMessage().contains("file="), e.getMessage());
                }
                flip(file, at);
            }
        }
        assertEquals(remarks, remarks().size());
    }

    @Test
    void lookingWritesNothing() throws IOException {
        fill(6, false);
        final Map<String, ByteBuffer> before = content();
        verify();
        remarks();
        assertEquals(before, content());
    }

    @Test
    void whoHasItOpenIsNamedAndKeepsIt() {
        try (FileJournal open = FileJournal.open(config())) {
            final TautwireException refused = assertThrows(TautwireException.class, this::verify);
            assertEquals(Code.JOURNAL_IN_USE, refused.code());
            assertTrue(
                    refused.getMessage()
                            .contains("pid=" + ProcessHandle.current().pid()),
                    refused.getMessage());
            assertEquals(0, open.recovered().frames());
        }
        try (JournalFiles files = JournalFiles.at(directory).lock(false)) {
            final TautwireException refused = assertThrows(
                    TautwireException.class, () -> FileJournal.open(config()).close());
            assertEquals(Code.JOURNAL_IN_USE, refused.code());
            assertTrue(refused.getMessage().contains("tautwire journal"), refused.getMessage());
            assertEquals(JournalKind.SERVER, files.identity().kind());
        }
        FileJournal.open(config()).close();
    }

    @Test
    void everyBoundaryCanBeTheTailAndNoOtherPosition() throws IOException {
        fill(6, true);
        final List<Long> ends = new ArrayList<>();
        try (JournalFiles files = JournalFiles.at(directory).lock(false)) {
            files.scan((position, buffer, offset, length, templateId) -> ends.add(position));
            assertEquals(List.of(0L, 1000L, 2000L, 3000L, 4096L, 5096L), ends);
            for (final long to : new long[] {1000, 2000, 3000, 4000, 4096, 5096, 6096}) {
                assertEquals(to, files.cutAt(to, FrameVisitor.NONE).kept().tail());
            }
            final Map<Long, String> nearest = Map.of(
                    1L,
                    "0 and 1000",
                    1008L,
                    "1000 and 2000",
                    4088L,
                    "4000",
                    6104L,
                    "6096",
                    1L << 40,
                    "6096",
                    Long.MAX_VALUE,
                    "6096");
            nearest.forEach((to, words) -> {
                final TautwireException refused =
                        assertThrows(TautwireException.class, () -> files.cutAt(to, FrameVisitor.NONE));
                assertEquals(Code.CONFIGURATION_INVALID, refused.code(), refused.getMessage());
                assertTrue(refused.getMessage().contains("nearest that can be are " + words), refused.getMessage());
            });
        }
    }

    @Test
    void whatIsCutIsGoneAndANewEpochBegins() throws IOException {
        fill(10, true);
        cut(5096);
        final Recovered whole = verify();
        assertEquals(5096, whole.tail());
        assertTrue(whole.isClean());
        assertEquals(List.of(), remarks());
        try (FileJournal open = FileJournal.open(config())) {
            assertEquals(5, open.recovered().frames());
            assertEquals(1, open.journal().epoch());
            assertEquals(5096, open.journal().tail());
            new Stamped().append(open.journal(), FRAME, 5, 9);
        }
        assertEquals(9, verify().frames());
    }

    @Test
    void whatLiesBehindTheCutMayBeDamagedInAnyWay() throws IOException {
        fill(10, true);
        flip(directory.resolve("0000000000001000.seg"), SegmentDescriptor.HEADER_LENGTH + 1000 + 50);
        flip(directory.resolve("0000000000002000.seg"), 9);
        assertThrows(TautwireException.class, this::verify);
        assertThrows(TautwireException.class, () -> FileJournal.open(config()).close());
        cut(5096);
        assertEquals(5096, verify().tail());
        FileJournal.open(config()).close();
    }

    @Test
    void missingAndShortFilesAreNamed() throws IOException {
        fill(10, true);
        final String tail = String.format("%016x", verify().tail());
        for (final Path file : files()) {
            final byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            assertNamed(file);
            Files.write(file, new byte[0]);
            assertNamed(file);
            Files.delete(file);
            if (file.getFileName().toString().compareTo(tail) < 0
                    || !file.toString().endsWith(".seg")) {
                assertTrue(assertThrows(TautwireException.class, this::verify)
                        .getMessage()
                        .contains(directory.toString()));
            } else {
                assertEquals(10, verify().frames(), "a segment prepared ahead held nothing");
            }
            Files.write(file, bytes);
        }
        assertEquals(10, verify().frames());
    }

    private void assertNamed(Path file) {
        final String message =
                assertThrows(TautwireException.class, this::verify).getMessage();
        assertTrue(message.contains(file.toString()), message);
    }

    private void cut(long to) {
        try (JournalFiles files = JournalFiles.at(directory).lock(true)) {
            files.cutAt(to, FrameVisitor.NONE).carryOut();
        }
    }

    private Recovered verify() {
        try (JournalFiles files = JournalFiles.at(directory).lock(false)) {
            return files.verify(FrameVisitor.NONE);
        }
    }

    private List<String> remarks() {
        try (JournalFiles files = JournalFiles.at(directory).lock(false)) {
            return files.remarks(files.verify(FrameVisitor.NONE));
        }
    }

    private void fill(int count, boolean isClosed) {
        final FileJournal open = FileJournal.open(config());
        new Stamped().append(open.journal(), FRAME, 0, count);
        if (isClosed) {
            open.close();
        } else {
            open.journal().force();
            Stamped.await(() -> open.journal().forced() == open.journal().tail());
            open.abandon();
        }
    }

    private FileJournalConfig config() {
        return FileJournalConfig.server(directory, 0x71).segmentLength(SEGMENT);
    }

    /** All but the lock, whose content says nothing. */
    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> !file.endsWith("lock")).sorted().toList();
        }
    }

    private Map<String, ByteBuffer> content() throws IOException {
        final Map<String, ByteBuffer> content = new TreeMap<>();
        try (Stream<Path> all = Files.list(directory)) {
            for (final Path file : all.toList()) {
                content.put(file.toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
            }
        }
        return content;
    }

    private static void flip(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, at);
            one.put(0, (byte) (one.get(0) ^ 1 << (at % 8))).rewind();
            channel.write(one, at);
        }
    }
}
