package io.tautwire.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.journal.Frames;
import io.tautwire.journal.Journal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that appends is killed, and another opens what it left. */
class KilledTest {
    private static final int SEGMENT = 64 * 1024;
    private static final int LINES = 30;

    @TempDir
    Path below;

    @ParameterizedTest
    @EnumSource
    void whatAKilledProcessSaidToBeWrittenIsThere(SegmentMemory memory) throws Exception {
        long said = -1;
        for (int kill = 1; kill <= 3; kill++) {
            said = Math.max(said, killWhileAppending(memory));
            try (FileJournal again = FileJournal.open(config(below, memory))) {
                assertFalse(again.recovered().isClean());
                assertEquals(kill, again.journal().epoch());
                assertTrue(again.journal().tail() >= said, again.journal().tail() + " is below " + said);
                new Stamped().read(again.journal().cursor(0), 0);
            }
        }
    }

    private long killWhileAppending(SegmentMemory memory) throws IOException, InterruptedException {
        final Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Appending.class.getName(),
                        below.toString(),
                        memory.name()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = child.inputReader()) {
            long said = -1;
            for (int i = 0; i < LINES; i++) {
                said = Long.parseLong(lines.readLine());
            }
            return said;
        } finally {
            child.destroyForcibly(); // SIGKILL
            assertTrue(child.waitFor(60, TimeUnit.SECONDS));
        }
    }

    private static FileJournalConfig config(Path below, SegmentMemory memory) {
        return FileJournalConfig.server(below.resolve("journal"), 5)
                .memory(memory)
                .segmentLength(SEGMENT)
                .hotSegments(1 << 20);
    }

    /** Appends without end, and prints from time to time below what all is written. */
    static final class Appending {
        public static void main(String[] args) {
            final FileJournal open = FileJournal.open(config(Path.of(args[0]), SegmentMemory.valueOf(args[1])));
            final Journal journal = open.journal();
            final Stamped stamped = new Stamped();
            long id = open.recovered().frames();
            while (true) {
                stamped.append(journal, Frames.MIN + (int) (id * 37 % 300), id, id + 50);
                id += 50;
                journal.force();
                System.out.println(journal.written());
            }
        }
    }
}
