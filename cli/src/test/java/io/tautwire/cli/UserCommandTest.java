package io.tautwire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.server.UserLine;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UserCommandTest {
    private static final String[] CHEAP = {"user", "alice", "--password-stdin", "--iterations", "4096"};

    @Test
    void printsALineForTheUsersFile() {
        final CommandRun run = CommandRun.runWithInput("open sésame\n", "user", "alice", "--password-stdin");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.err());
        assertEquals(1, run.outLines().size());
        final UserLine line = UserLine.parse(run.outLines().get(0));
        assertEquals("alice", line.user());
        assertEquals(UserLine.DEFAULT_ITERATIONS, line.iterations());
        assertFalse(run.out().contains("sésame"), run.out());
    }

    @Test
    void eachLineHasASaltOfItsOwn() {
        final String first = CommandRun.runWithInput("secret", CHEAP).out();
        assertNotEquals(first, CommandRun.runWithInput("secret", CHEAP).out());
        assertEquals(4096, UserLine.parse(first.strip()).iterations());
    }

    /** What leads in: a line end is none of the password, a blank is. */
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"secret|,secret", "secret\\|,secret", "se cret,se cret", " secret |, secret "})
    void takesOneLineEndAway(String input, String password, @TempDir Path directory) throws Exception {
        final String typed = input.replace("\\", "\r").replace("|", "\n");
        final Path users = directory.resolve("users");
        Files.writeString(users, CommandRun.runWithInput(typed, CHEAP).out());
        try (CommandRun server =
                CommandRun.start("serve", "--listen", "tcp://127.0.0.1:0", "--users", users.toString())) {
            server.awaitOut("\n");
            final String uri = server.outLines().get(0).substring("listening on tcp://".length());
            final String user = "tcp://alice:" + password.replace(" ", "%20") + "@" + uri;
            assertEquals(0, CommandRun.runWithInput("x\n", "publish", user, "t").exitCode());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user alice hunter2 --password-stdin",
                "user alice hunter2",
                "user alice --password hunter2",
                "user alice --password=hunter2",
                "user alice -phunter2",
                "user alice --password-stdin=hunter2",
                "user alice --password-stdin --iterations hunter2",
                "user alice --hunter2",
                "user alice:hunter2 --password-stdin",
            })
    void aPasswordAmongTheWordsIsRefusedAndNotRepeated(String words) {
        final CommandRun run = CommandRun.runWithInput("secret", words.split(" "));
        assertEquals(2, run.exitCode(), run.err());
        assertEquals(1, run.errLines().size(), run.err());
        assertFalse(run.err().contains("hunter2"), run.err());
        assertEquals("", run.out());
    }

    @ParameterizedTest
    @CsvSource({"'', no password", "'\n', no password", "'a\u0007b', SASLprep"})
    void whatCannotBeAPasswordIsRefused(String input, String words) {
        final CommandRun run = CommandRun.runWithInput(input, CHEAP);
        assertEquals(2, run.exitCode(), run.err());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains(words), run.err());
        assertEquals("", run.out());
    }

    @Test
    void whatIsNoTextOrTooLongIsRefused() {
        for (final byte[] input :
                List.of(new byte[] {'a', (byte) 0xC3}, "a".repeat(100_000).getBytes(UTF_8))) {
            final CommandRun run =
                    CommandRun.start(new ByteArrayInputStream(input), CHEAP).awaitEnd();
            assertEquals(2, run.exitCode(), run.err());
            assertEquals("", run.out());
        }
    }

    @Test
    void withoutATerminalItSaysWhereThePasswordComesFrom() {
        final CommandRun run = CommandRun.run("user", "alice");
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains("--password-stdin"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4095", "10000001", "0", "-1"})
    void iterationsAreBounded(String iterations) {
        final CommandRun run =
                CommandRun.runWithInput("secret", "user", "alice", "--password-stdin", "--iterations", iterations);
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains("4096"), run.err());
    }
}
