package io.tautwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageTest {
    static Stream<List<String>> wrongUsage() {
        return Stream.of(
                // expected in the message, then the words
                List.of("command", "--"),
                List.of("nonsense", "nonsense"),
                List.of("uri", "publish"),
                List.of("uri", "publish", "", "topic"),
                List.of("uri", "subscribe", " ", "topic"),
                List.of("uri", "ping", ""),
                List.of("uri", "serve", "--listen", ""),
                List.of("uri", "publish", "localhost:9007", "topic"),
                List.of("scheme", "publish", "http://localhost", "topic"),
                List.of("amps", "publish", "tcp://localhost/amps/json", "topic"),
                List.of("amps", "ping", "tcp://localhost/amps/json"),
                List.of("bogus", "ping", "tcp://localhost?bogus=1"),
                List.of("TOPIC", "publish", "tcp://localhost"),
                List.of("PATTERN", "subscribe", "tcp://localhost"),
                List.of("extra", "publish", "tcp://localhost", "topic", "-", "extra"),
                List.of("position=2", "publish", "tcp://localhost", "a/+"),
                List.of("position=0", "subscribe", "tcp://localhost", "#/a"),
                List.of("/no/such/file", "publish", "tcp://localhost", "topic", "/no/such/file"),
                List.of("--unknown", "publish", "tcp://localhost", "topic", "--unknown"),
                List.of("5x", "subscribe", "tcp://localhost", "topic", "--timeout", "5x"),
                List.of("0s", "publish", "tcp://localhost", "topic", "--flush-timeout", "0s"),
                List.of("--count", "subscribe", "tcp://localhost", "topic", "--count", "0"),
                List.of("--count", "ping", "tcp://localhost", "--count", "-1"),
                List.of("--driver", "ping", "tcp://localhost", "--driver", "nobody"),
                List.of("--rate", "publish", "tcp://localhost", "topic", "--rate", "-1"),
                List.of("NAME", "user"),
                List.of("--users", "serve", "--plain-passwords"),
                List.of("/no/such/users", "serve", "--users", "/no/such/users"),
                List.of("--repeat", "demo", "--repeat", "0"),
                List.of("--scheme", "demo", "--scheme", "pigeon"));
    }

    @ParameterizedTest
    @MethodSource
    void wrongUsage(List<String> expectedThenWords) {
        final String[] words =
                expectedThenWords.subList(1, expectedThenWords.size()).toArray(String[]::new);
        final CommandRun run = CommandRun.run(words);
        assertEquals(2, run.exitCode(), run.err());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains(expectedThenWords.get(0)), run.err());
        assertEquals("", run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "publish", "subscribe", "ping", "user", "journal", "demo"})
    void everyCommandExplainsItself(String command) {
        final CommandRun run = CommandRun.run(command, "--help");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("Usage: tautwire " + command), run.out());
        assertEquals("", run.err());
    }

    @Test
    void theProgramExplainsItself() {
        final CommandRun run = CommandRun.run("--help");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("TAUTWIRE_URI"), run.out());
        assertTrue(CommandRun.run("--version").out().startsWith("tautwire "));
    }

    @Test
    void aPasswordNeverShows() {
        final CommandRun run = CommandRun.run("ping", "tcp://alice:secret@localhost/amps");
        assertEquals(2, run.exitCode());
        assertTrue(!run.err().contains("secret"), run.err());
    }

    @Test
    void nobodyAtTheAddressIsAFailureInOneLine() {
        final CommandRun run = CommandRun.run("ping", "tcp://127.0.0.1:1?connect_timeout=2s");
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains("CONNECT_FAILED"), run.err());
    }
}
