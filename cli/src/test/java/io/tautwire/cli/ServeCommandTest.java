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
