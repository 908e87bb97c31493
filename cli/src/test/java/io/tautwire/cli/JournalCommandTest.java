package io.tautwire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.journal.file.FileJournal;
import io.tautwire.journal.file.FileJournalConfig;
import io.tautwire.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(300)
final class JournalCommandTest {
    /** Odd and prime, so that in time every field of a page is met; all bytes are flipped in the journal's own test. */
    private static final int STRIDE = 127;

    @TempDir
    Path temporary;

    private String directory;

    @BeforeEach
    void setUp() {
        directory = temporary.resolve("data").toString();
    }

    @Test
    void aWholeJournalIsOneLineOfCounts() {
        SmallJournal.writeServer(Path.of(directory), 60);
        final CommandRun run = CommandRun.run("journal", "verify", directory);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(
                run.out().matches("whole: kind=server head=0 tail=\\d+ frames=62 segments=\\d epoch=0\n"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void allKindsOfDirectoryAreRead() {
        try (SmallJournal store = SmallJournal.store(Path.of(directory))) {
            store.message("one");
            store.message(new byte[] {(byte) 0xff, 0});
        }
        assertTrue(CommandRun.run("journal", "verify", directory).out().contains("kind=store head=0"));
        final CommandRun dump = CommandRun.run("journal", "dump", directory);
        assertEquals("one", JsonText.parse(dump.out().split("\n")[0]).get("body"));
        assertEquals("/wA=", JsonText.parse(dump.out().split("\n")[1]).get("bodyBase64"));
        final String bookmarks = temporary.resolve("bookmarks").toString();
        FileJournal.open(FileJournalConfig.bookmarks(Path.of(bookmarks), 1).segmentLength(4096))
                .close();
        assertTrue(CommandRun.run("journal", "verify", bookmarks).out().contains("kind=bookmarks"));
        assertTrue(CommandRun.run("journal", "describe", directory).out().contains("clientName    one"));
    }

    @Test
    void whatAServerLeftIsWholeAndWhileItRunsItIsNamed() {
        final String uri = "unix:///?path=" + temporary.resolve("sock");
        try (Server server =
                Server.builder().listen(uri).dataDirectory(Path.of(directory)).start()) {
            assertEquals(1, server.listeners().size());
            assertEquals(
                    0,
                    CommandRun.runWithInput("hello\n", "publish", uri, "a/b", "--name", "me")
                            .exitCode());
            for (final String command : new String[] {"verify", "dump"}) {
                final CommandRun refused = CommandRun.run("journal", command, directory);
                assertEquals(1, refused.exitCode());
                assertEquals(1, refused.errLines().size(), refused.err());
                assertTrue(
                        refused.err().contains("pid=" + ProcessHandle.current().pid()), refused.err());
            }
            final CommandRun described = CommandRun.run("journal", "describe", directory);
            assertEquals(0, described.exitCode(), described.err());
            assertTrue(described.out().contains("pid="), described.out());
            assertTrue(described.out().contains("kind          server"), described.out());
            assertFalse(described.out().contains("frames"), described.out());
        }
        assertEquals(0, CommandRun.run("journal", "verify", directory).exitCode());
        final CommandRun dump = CommandRun.run("journal", "dump", directory);
        final Map<String, Object> message = Stream.of(dump.out().split("\n"))
                .map(JsonText::parse)
                .filter(line -> "Message".equals(line.get("template")))
                .findFirst()
                .orElseThrow();
        assertEquals("hello", message.get("body"));
        assertEquals("me", message.get("clientName"));
        assertEquals("a/b", message.get("topic"));
    }

    @Test
    void framesAreDumpedWithWhatTheySay() {
        SmallJournal.writeServer(Path.of(directory), 1);
        final List<Map<String, Object>> lines = dump();
        assertEquals(
                List.of("Publisher", "Message", "Refused"),
                lines.stream().map(line -> line.get("template")).toList());
        assertEquals("alice", lines.get(0).get("user"));
        assertEquals("OPEN", lines.get(0).get("state"));
        assertEquals("body 0", lines.get(1).get("body"));
        assertEquals(1L, lines.get(1).get("sequence"));
        assertEquals("1c", lines.get(1).get("incarnation"));
        assertTrue(lines.get(1).get("timestamp").toString().startsWith("1970-01-01T00:00:01.0000"));
        assertEquals("TOPIC_INVALID", lines.get(2).get("code"));
        assertEquals("because", lines.get(2).get("reason"));
        final Object second = lines.get(1).get("position");
        final List<Map<String, Object>> part = dump("--from", second.toString(), "--max", "1");
        assertEquals(List.of(lines.get(1)), part);
        assertEquals(List.of(lines.get(1), lines.get(2)), dump("--from", "1"));
    }

    @Test
    void dumpEndsWithTheFaultAfterWhatIsGood() throws IOException {
        SmallJournal.writeServer(Path.of(directory), 5);
        final List<Map<String, Object>> whole = dump();
        final long position = (Long) whole.get(3).get("position");
        flip(segment(), 4096 + position + 30);
        final CommandRun run = CommandRun.run("journal", "dump", directory);
        assertEquals(1, run.exitCode());
        assertEquals(3, run.out().split("\n").length, run.out());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains("position=" + position + " file="), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
    }

    @Test
    void aFlippedBitIsFound() throws IOException {
        SmallJournal.writeServer(Path.of(directory), 20);
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            for (final Path file :
                    files.filter(path -> !path.endsWith("lock")).sorted().toList()) {
                for (long at = 0; at < Files.size(file); at += STRIDE) {
                    flip(file, at);
                    final CommandRun run = CommandRun.run("journal", "verify", directory);
                    assertEquals(1, run.exitCode(), file + " " + at + run.out());
                    assertEquals(1, run.errLines().size(), run.err());
                    assertTrue(run.err().contains("file="), run.err());
                    flip(file, at);
                }
            }
        }
        assertEquals(0, CommandRun.run("journal", "verify", directory).exitCode());
    }

    @Test
    void aTornTailIsToldAndIsNoFailure() throws IOException {
        final SmallJournal journal = SmallJournal.server(Path.of(directory));
        journal.publisher();
        journal.abandon();
        final CommandRun unclean = CommandRun.run("journal", "verify", directory);
        assertEquals(0, unclean.exitCode(), unclean.err());
        assertTrue(unclean.out().contains("not closed in order"), unclean.out());
        final long tail = journal.files().journal().tail();
        flip(segment(), 4096 + tail);
        final CommandRun torn = CommandRun.run("journal", "verify", directory);
        assertEquals(0, torn.exitCode(), torn.err());
        assertTrue(torn.out().contains("torn tail at position=" + tail + " file="), torn.out());
    }

    @Test
    void aDamagedJournalIsCutAndThenOpened() throws IOException {
        SmallJournal.writeServer(Path.of(directory), 60);
        final List<Map<String, Object>> whole = dump();
        final String to = whole.get(5).get("position").toString();
        flip(segment(), 4096 + Long.parseLong(to) + 30);
        final CommandRun asked = CommandRun.run("journal", "truncate", directory, "--to", to);
        assertEquals(2, asked.exitCode());
        assertTrue(asked.out().startsWith("would cut: tail=" + to + " frames=5 are kept"), asked.out());
        assertEquals(1, asked.errLines().size(), asked.err());
        assertEquals(1, CommandRun.run("journal", "verify", directory).exitCode());
        final Path later = Path.of(directory, "publishers-0000000000001000.snap");
        Files.write(later, new byte[10]);
        final CommandRun cut = CommandRun.run("journal", "truncate", directory, "--to", to, "--yes");
        assertEquals(0, cut.exitCode(), cut.err());
        assertTrue(cut.out().contains("snapshots=1 behind are deleted, epoch=1 begins"), cut.out());
        assertFalse(Files.exists(later));
        assertEquals(whole.subList(0, 5), dump());
        final CommandRun verified = CommandRun.run("journal", "verify", directory);
        assertTrue(verified.out().contains("tail=" + to + " frames=5 segments=1 epoch=1"), verified.out());
        try (SmallJournal again = SmallJournal.server(Path.of(directory))) {
            assertEquals(Long.parseLong(to), again.files().journal().tail());
        }
    }

    @Test
    void aSnapshotThatIsNoneIsNamed() throws IOException {
        SmallJournal.writeServer(Path.of(directory), 1);
        Files.write(Path.of(directory, "publishers-0000000000000010.snap"), "none".getBytes(UTF_8));
        final CommandRun run = CommandRun.run("journal", "verify", directory);
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("publishers-0000000000000010.snap"), run.err());
    }

    @Test
    void whatIsDamagedIsDescribedAsFarAsItCanBe() throws IOException {
        SmallJournal.writeServer(Path.of(directory), 1);
        final Path mark = Path.of(directory, "journal.mark");
        final byte[] bytes = Files.readAllBytes(mark);
        Files.delete(mark);
        final CommandRun run = CommandRun.run("journal", "describe", directory);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("journalId     5e"), run.out());
        assertTrue(run.out().contains("epoch         0 from position=0"), run.out());
        assertTrue(run.out().contains("journal.mark is missing"), run.out());
        assertEquals(1, CommandRun.run("journal", "verify", directory).exitCode());
        Files.write(mark, bytes);
        final String whole = CommandRun.run("journal", "describe", directory).out();
        assertTrue(whole.contains("open          by nobody"), whole);
        assertTrue(whole.contains("closed        in order"), whole);
        assertTrue(whole.contains("frames        3"), whole);
        assertArrayEquals(bytes, Files.readAllBytes(mark));
    }

    static Stream<List<String>> wrongWords() {
        return Stream.of(
                List.of("command", "journal"),
                List.of("DIR", "journal", "verify"),
                List.of("/no/such", "journal", "verify", "/no/such"),
                List.of("/no/such", "journal", "describe", "/no/such"),
                List.of("/dev/null", "journal", "dump", "/dev/null"),
                List.of("--max", "journal", "dump", "/no/such", "--max", "0"),
                List.of("--from", "journal", "dump", "/no/such", "--from", "-1"),
                List.of("--to", "journal", "truncate", "/no/such"),
                List.of("x1", "journal", "truncate", "/no/such", "--to", "x1"));
    }

    @ParameterizedTest
    @MethodSource
    void wrongWords(List<String> expectedThenWords) {
        final CommandRun run = CommandRun.run(
                expectedThenWords.subList(1, expectedThenWords.size()).toArray(String[]::new));
        assertEquals(2, run.exitCode(), run.err());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains(expectedThenWords.get(0)), run.err());
    }

    @Test
    void everyCommandExplainsItself() {
        for (final String command : new String[] {"verify", "describe", "dump", "truncate"}) {
            final CommandRun run = CommandRun.run("journal", command, "--help");
            assertEquals(0, run.exitCode());
            assertTrue(run.out().contains("Usage: tautwire journal " + command), run.out());
        }
    }

    private Path segment() {
        return Path.of(directory, "0000000000000000.seg");
    }

    private List<Map<String, Object>> dump(String... more) {
        final String[] words = Stream.concat(Stream.of("journal", "dump", directory), Stream.of(more))
                .toArray(String[]::new);
        final CommandRun run = CommandRun.run(words);
        assertEquals(0, run.exitCode(), run.err());
        return run.out().lines().map(JsonText::parse).toList();
    }

    private static void flip(Path file, long at) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= (byte) (1 << (at % 8));
        Files.write(file, bytes);
    }
}
