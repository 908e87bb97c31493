package io.tautwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServeCommandTest {
    private static final String LISTENING = "listening on ";

    private static String uri(CommandRun run, int listener) {
        return run.outLines().get(listener).substring(LISTENING.length());
    }

    @Test
    void saysWhereEachListenerIs(@TempDir Path directory) {
        final String unix = "unix:///?path=" + directory.resolve("s");
        try (CommandRun run = CommandRun.start("serve", "--listen", "tcp://127.0.0.1:0", unix)) {
            run.awaitOut("unix://");
            assertEquals(2, run.outLines().size());
            for (int listener = 0; listener < 2; listener++) {
                assertTrue(run.outLines().get(listener).startsWith(LISTENING), run.out());
                assertFalse(uri(run, listener).contains(":0"), run.out());
                assertEquals(
                        0,
                        CommandRun.runWithInput("x\n", "publish", uri(run, listener), "t")
                                .exitCode());
            }
            run.interrupt().awaitEnd();
            assertEquals(0, run.exitCode());
            assertEquals("", run.err());
        }
    }

    @Test
    void listenMayBeGivenSeveralTimes() {
        try (CommandRun run = CommandRun.start(
                "serve", "--listen", "tcp://127.0.0.1:0", "--listen", "tcp://localhost:0/tautwire/json")) {
            run.awaitOut("json");
            assertEquals(2, run.outLines().size());
        }
    }

    @Test
    void aDataDirectoryIsRecoveredAndSaysSo(@TempDir Path directory) {
        final String data = directory.resolve("data").toString();
        for (int round = 0; round < 2; round++) {
            try (CommandRun run = CommandRun.start("serve", "--listen", "tcp://127.0.0.1:0", "--data", data)) {
                run.awaitOut(LISTENING);
                assertTrue(run.outLines().get(0).startsWith("recovered directory=" + data), run.out());
                assertTrue(run.outLines().get(0).contains("frames=" + 3 * round), run.out());
                CommandRun.runWithInput("x\n", "publish", uri(run, 1), "t"); // who publishes, what, and that it is done
                run.interrupt().awaitEnd();
                assertEquals(0, run.exitCode(), run.err());
            }
        }
    }

    @Test
    void levelsAndRetentionNeedADirectory() {
        for (final String[] words : new String[][] {
            {"--durability", "synced"}, {"--durability", "written"}, {"--retain-bytes", "1"}, {"--retain-age", "1d"}
        }) {
            final CommandRun run = CommandRun.run("serve", "--listen", "tcp://127.0.0.1:0", words[0], words[1]);
            assertEquals(2, run.exitCode(), run.err());
            assertTrue(run.err().contains("--data"), run.err());
        }
        final CommandRun level = CommandRun.run("serve", "--data", "unused", "--durability", "eternal");
        assertEquals(2, level.exitCode());
        assertTrue(level.err().contains("received, written or synced"), level.err());
        final CommandRun age = CommandRun.run("serve", "--data", "unused", "--retain-age", "soon");
        assertEquals(2, age.exitCode());
        assertTrue(age.err().contains("24h"), age.err());
    }

    @Test
    void aPortThatIsTakenIsAFailureInOneLine() {
        try (CommandRun first = CommandRun.start("serve", "--listen", "tcp://127.0.0.1:0")) {
            first.awaitOut("\n");
            final CommandRun second = CommandRun.run("serve", "--listen", uri(first, 0));
            assertEquals(1, second.exitCode());
            assertEquals(1, second.errLines().size(), second.err());
            assertEquals("", second.out());
        }
    }
}
