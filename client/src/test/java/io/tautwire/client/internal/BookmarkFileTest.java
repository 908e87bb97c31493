package io.tautwire.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.core.bookmark.MarkTable;
import io.tautwire.client.internal.core.bookmark.Receipt;
import io.tautwire.client.internal.core.bookmark.SubscriptionMarks;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookmarkFileTest {
    private static final int SEGMENT_LENGTH = 8 * 1024;
    private static final String SEGMENT = "0000000000000000.seg";
    private static final int SEGMENT_HEADER = 4096;
    private static final long JOURNAL = 0xABC;

    @TempDir
    Path temporary;

    private int copies;

    @Test
    void whatWasNotedIsThereAfterAnOrderlyClose() {
        final Path directory = temporary.resolve("store");
        try (BookmarkFile file = open(directory, new MarkTable(), JOURNAL)) {
            assertTrue(Files.exists(directory.resolve(SEGMENT)), () -> "no segment of " + file);
        }
        final MarkTable read = new MarkTable();
        BookmarkFile.open(directory, read, SEGMENT_LENGTH).close();
        assertEquals(2, read.find("orders").undiscardedCount());
        assertEquals(64, read.find("orders").mostRecent().position());
    }

    @Test
    void whatWasNotedIsThereAfterAKillAtAnyMoment() {
        final Path directory = temporary.resolve("store");
        final Random random = new Random(4);
        String before = "";
        for (int life = 0; life < 40; life++) {
            final MarkTable table = new MarkTable();
            final BookmarkFile file = BookmarkFile.open(directory, table, SEGMENT_LENGTH);
            final SubscriptionMarks marks = table.of("orders");
            assertEquals(before, life == 0 ? before : text(marks));
            marks.begin("#", true);
            marks.subscribed(JOURNAL, 0, 0);
            final long begin = life * 64_000L;
            for (long position = begin; position < begin + 64 * random.nextInt(200); position += 64) {
                marks.received(position, 8);
                if (position % 192 != 0) {
                    marks.discard(0, position);
                }
            }
            before = text(marks);
            file.abandon();
        }
    }

    @Test
    void aCutAtAnyByteOfTheLastRecordLosesThatRecordAlone() throws Exception {
        final Path directory = temporary.resolve("store");
        open(directory, new MarkTable(), JOURNAL).abandon();
        final byte[] segment = Files.readAllBytes(directory.resolve(SEGMENT));
        final List<Integer> frames = frames(segment);
        final int last = frames.get(frames.size() - 1);
        final int end = last + length(segment, last);
        for (int cut = last; cut <= end; cut++) {
            final byte[] torn = segment.clone();
            Arrays.fill(torn, cut, end, (byte) 0);
            final SubscriptionMarks read = read(directory, torn).find("orders");
            final boolean isWhole = Arrays.equals(torn, segment); // it ends in zeros
            assertEquals(isWhole ? 2 : 3, read.undiscardedCount(), "cut=" + cut);
        }
    }

    @Test
    void aFlippedBitAtAnyByteIsFound() throws Exception {
        final Path directory = temporary.resolve("store");
        open(directory, new MarkTable(), JOURNAL).close();
        final byte[] segment = Files.readAllBytes(directory.resolve(SEGMENT));
        final List<Integer> frames = frames(segment);
        final int last = frames.get(frames.size() - 1);
        final Path copy = copy(directory);
        for (int at = SEGMENT_HEADER; at < last + length(segment, last); at++) {
            final byte[] flipped = segment.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            Files.write(copy.resolve(SEGMENT), flipped);
            final TautwireException refused = assertThrows(
                    TautwireException.class,
                    () -> BookmarkFile.open(copy, new MarkTable(), SEGMENT_LENGTH),
                    "byte=" + at);
            assertEquals(Code.JOURNAL_CORRUPT, refused.code());
            assertTrue(refused.detail().contains(SEGMENT), refused.detail());
        }
    }

    @Test
    void aStoreInUseSaysByWhom() {
        final Path directory = temporary.resolve("store");
        try (BookmarkFile file = open(directory, new MarkTable(), JOURNAL)) {
            final TautwireException refused = assertThrows(
                    TautwireException.class, () -> BookmarkFile.open(directory, new MarkTable()), file::toString);
            assertEquals(Code.JOURNAL_IN_USE, refused.code());
            assertTrue(refused.detail().contains("" + ProcessHandle.current().pid()), refused.detail());
        }
    }

    @Test
    void theDirectoryStaysSmall() {
        final MarkTable table = new MarkTable();
        final Path directory = temporary.resolve("store");
        try (BookmarkFile file = BookmarkFile.open(directory, table)) {
            final SubscriptionMarks marks = table.of("orders");
            marks.begin("#", true);
            marks.subscribed(JOURNAL, 0, 0);
            for (long position = 64; position < 64 * 100_000L; position += 64) {
                assertEquals(Receipt.FIRST, marks.received(position, 8));
                marks.discard(0, position);
            }
            assertTrue(bytes(directory) < 6 << 20, () -> "bytes=" + bytes(directory) + " of " + file);
        }
        assertNull(new MarkTable().find("orders"));
    }

    private static BookmarkFile open(Path directory, MarkTable table, long journalId) {
        final BookmarkFile file = BookmarkFile.open(directory, table, SEGMENT_LENGTH);
        final SubscriptionMarks marks = table.of("orders");
        marks.begin("#", true);
        marks.subscribed(journalId, 0, 0);
        for (long position = 64; position <= 256; position += 64) {
            marks.received(position, 8);
        }
        marks.discard(0, 64);
        marks.discard(0, 192);
        return file;
    }

    private static String text(SubscriptionMarks marks) {
        return marks.place() + " " + marks.undiscardedCount();
    }

    private MarkTable read(Path directory, byte[] segment) throws IOException {
        final Path copy = copy(directory);
        Files.write(copy.resolve(SEGMENT), segment);
        final MarkTable read = new MarkTable();
        BookmarkFile.open(copy, read, SEGMENT_LENGTH).close();
        return read;
    }

    private Path copy(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            final Path copy = Files.createDirectory(temporary.resolve("copy-" + copies++));
            for (final Path file : files.filter(file -> !file.endsWith("lock")).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
            return copy;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Integer> frames(byte[] segment) {
        final List<Integer> frames = new ArrayList<>();
        for (int at = SEGMENT_HEADER; at < segment.length && length(segment, at) > 0; ) {
            frames.add(at);
            at += FrameDescriptor.aligned(length(segment, at));
        }
        return frames;
    }

    private static int length(byte[] segment, int at) {
        return FrameDescriptor.length(new UnsafeBuffer(segment), at);
    }

    private static long bytes(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
