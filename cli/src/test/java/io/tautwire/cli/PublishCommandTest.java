package io.tautwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishCommandTest extends WithServer {
    private static void assertResult(Map<String, Object> json, long published, long acknowledged, long failed) {
        assertEquals(List.of("published", "acknowledged", "failed", "seconds", "ackLevel"), List.copyOf(json.keySet()));
        assertEquals(published, json.get("published"));
        assertEquals(acknowledged, json.get("acknowledged"));
        assertEquals(failed, json.get("failed"));
        assertTrue((Double) json.get("seconds") >= 0);
        assertEquals("received", json.get("ackLevel"));
    }

    @Test
    void publishesALineEachFromStandardInput() {
        final CommandRun run = CommandRun.runWithInput("one\ntwo\n\nfour", "publish", uri(), "t", "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(1, run.outLines().size());
        assertResult(run.json(), 4, 4, 0);
        assertEquals("", run.err());
    }

    @Test
    void publishesALineEachFromAFile(@TempDir Path directory) throws IOException {
        final Path file = Files.writeString(directory.resolve("lines"), "x\n".repeat(10_000));
        final CommandRun run = CommandRun.run("publish", uri(), "t", file.toString(), "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertResult(run.json(), 10_000, 10_000, 0);
    }

    @Test
    void withoutJsonSaysTheSameInWords() {
        final CommandRun run = CommandRun.runWithInput("one\n", "publish", uri(), "t", "-");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("published 1, acknowledged 1 (received), failed 0, in "), run.out());
    }

    @Test
    void nothingToPublishIsDoneAtOnce() {
        final CommandRun run = CommandRun.runWithInput("", "publish", uri(), "t", "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertResult(run.json(), 0, 0, 0);
    }

    @Test
    void aLineLongerThanAFrameFailsAndTheOthersDoNot() {
        final String input = "one\n" + "x".repeat(2_000_000) + "\ntwo\n";
        final CommandRun run = CommandRun.runWithInput(input, "publish", uri("max_frame=65536"), "t", "--json");
        assertEquals(1, run.exitCode());
        assertResult(run.json(), 3, 2, 1);
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains("line=2 MESSAGE_TOO_LARGE"), run.err());
    }

    @Test
    void aRateSpacesTheLines() {
        final CommandRun run =
                CommandRun.runWithInput("x\n".repeat(101), "publish", uri(), "t", "--rate", "500", "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue((Double) run.json().get("seconds") >= 0.2, run.out());
    }

    @Test
    void theVariableStandsForAMissingUri() {
        final CommandRun run = CommandRun.runWithUri(uri(), "one\n", "publish", "t", "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertResult(run.json(), 1, 1, 0);
    }

    @Test
    void linesGoOutAsTheyComeAndStoppingKeepsWhatWasPublished() throws IOException {
        try (PipedOutputStream keyboard = new PipedOutputStream();
                CommandRun subscriber =
                        CommandRun.start("subscribe", uri(), "t").awaitErr("subscribed");
                CommandRun publisher =
                        CommandRun.start(new PipedInputStream(keyboard), "publish", uri(), "t", "--json")) {
            keyboard.write("typed\n".getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
            subscriber.awaitOut("typed\n");
            publisher.interrupt().awaitEnd();
            assertResult(publisher.json(), 1, 1, 0);
            assertEquals(1, publisher.exitCode());
            assertEquals(1, publisher.errLines().size(), publisher.err());
            assertTrue(publisher.err().contains("INTERRUPTED"), publisher.err());
        }
    }

    @Test
    void aServerThatGoesAwayIsAFailureInOneLine() throws IOException {
        try (PipedOutputStream keyboard = new PipedOutputStream();
                CommandRun subscriber = CommandRun.start("subscribe", "--no-reconnect", uri(), "t")
                        .awaitErr("subscribed");
                CommandRun publisher =
                        CommandRun.start(new PipedInputStream(keyboard), "publish", "--no-reconnect", uri(), "t")) {
            keyboard.write("typed\n".getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
            subscriber.awaitOut("typed\n");
            server().close();
            for (final CommandRun run : List.of(publisher.awaitEnd(), subscriber.awaitEnd())) {
                assertEquals(1, run.exitCode());
                assertTrue(run.err().contains("SERVER_CLOSING"), run.err());
            }
            assertEquals(1, publisher.errLines().size(), publisher.err());
        }
    }
}
