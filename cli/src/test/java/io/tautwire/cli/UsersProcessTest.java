package io.tautwire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tautwire.server.UserLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Users as an operator sets them up, in processes of their own. */
@Timeout(180)
@DisabledOnOs(OS.WINDOWS)
final class UsersProcessTest {
    private static final String PASSWORD = "sesame-7342";

    @TempDir
    Path directory;

    @Test
    void aServerOfAUsersFileLetsItsUsersInAndNobodyElse() throws Exception {
        final Process server = serve("--users", usersFile().toString());
        try {
            final String uri = listening(server);
            assertEquals(0, publish(as("alice:" + PASSWORD, uri)).exitCode());
            for (final String user : new String[] {"alice:wrong", "bob:" + PASSWORD, "alice", ""}) {
                final CommandRun refused = publish(as(user, uri));
                assertEquals(1, refused.exitCode(), refused.err());
                assertEquals(1, refused.errLines().size(), refused.err());
                assertTrue(refused.err().contains("AUTHENTICATION_FAILED"), refused.err());
                assertFalse(refused.err().contains(PASSWORD), refused.err());
            }
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void anonymousLogonIsAllowedAgainByItsOption() throws Exception {
        final Process server = serve("--anonymous", "--users", usersFile().toString());
        try {
            final String uri = listening(server);
            assertEquals(0, publish(uri).exitCode());
            assertEquals(0, publish(as("alice:" + PASSWORD, uri)).exitCode());
            assertEquals(1, publish(as("alice:wrong", uri)).exitCode());
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void aSubscriberThatIsReplacedByAnotherProcessSaysSo() throws Exception {
        final Process server = serve("--users", usersFile().toString());
        Process first = null;
        Process second = null;
        try {
            final String uri = as("alice:" + PASSWORD, listening(server));
            first = CommandProcess.start("subscribe", uri, "a", "--name", "one");
            try (BufferedReader firstErr = first.errorReader(UTF_8)) {
                assertEquals("subscribed", firstErr.readLine());
                second = CommandProcess.start("subscribe", uri, "a", "--name", "one");
                try (BufferedReader secondErr = second.errorReader(UTF_8)) {
                    assertEquals("subscribed", secondErr.readLine());
                    final String end = firstErr.readLine();
                    assertTrue(end.contains("SESSION_REPLACED"), end);
                    assertTrue(first.waitFor(60, TimeUnit.SECONDS));
                    assertEquals(1, first.exitValue());
                    assertTrue(second.isAlive());
                }
            }
        } finally {
            for (final Process process : new Process[] {first, second, server}) {
                if (process != null) {
                    process.destroyForcibly();
                }
            }
        }
    }

    /** {@code script} gives it a terminal of its own, whose other end is held here. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aPasswordIsAskedForTwiceAndUnseen() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no script");
        final Path file = directory.resolve("asked");
        final String command = CommandProcess.command(List.of(), "user", "alice", "--iterations", "4096").stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        final Process terminal = new ProcessBuilder(
                        "/usr/bin/script", "-qec", command + " > '" + file + "'", "/dev/null")
                .redirectErrorStream(true)
                .start();
        try {
            final StringBuilder shown = new StringBuilder();
            for (final String question : new String[] {"Password for alice: ", "again: "}) {
                awaitShown(terminal, shown, question);
                terminal.getOutputStream().write((PASSWORD + "\n").getBytes(UTF_8));
                terminal.getOutputStream().flush();
            }
            assertTrue(terminal.waitFor(60, TimeUnit.SECONDS));
            shown.append(new String(terminal.getInputStream().readAllBytes(), UTF_8));
            assertEquals(0, terminal.exitValue(), shown.toString());
            assertFalse(shown.toString().contains(PASSWORD), shown.toString());
            assertEquals("alice", UserLine.parse(Files.readString(file).strip()).user());
        } finally {
            terminal.destroyForcibly();
        }
    }

    private static void awaitShown(Process terminal, StringBuilder shown, String question) throws IOException {
        while (shown.indexOf(question) < 0) {
            final int next = terminal.getInputStream().read();
            assertTrue(next >= 0, shown.toString());
            shown.append((char) next);
        }
    }

    /** Made by the command itself, with fewer iterations than usual: a busy machine may take long for those. */
    private Path usersFile() throws IOException, InterruptedException {
        final Path file = directory.resolve("users");
        final Process user = new ProcessBuilder(
                        CommandProcess.command(List.of(), "user", "alice", "--password-stdin", "--iterations", "10000"))
                .redirectOutput(file.toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
        user.getOutputStream().write((PASSWORD + "\n").getBytes(UTF_8));
        user.getOutputStream().close();
        assertTrue(user.waitFor(60, TimeUnit.SECONDS));
        assertEquals("", Files.readString(directory.resolve("err")));
        assertEquals(0, user.exitValue());
        assertTrue(Files.readString(file).matches("alice:[^:]+:10000:[^:]+:[^:]+\n"));
        return file;
    }

    private static Process serve(String... options) throws IOException {
        final String[] words = new String[options.length + 3];
        System.arraycopy(new String[] {"serve", "--listen", "tcp://127.0.0.1:0"}, 0, words, 0, 3);
        System.arraycopy(options, 0, words, 3, options.length);
        return CommandProcess.start(words);
    }

    private static String listening(Process server) throws IOException {
        final String line = server.inputReader(UTF_8).readLine();
        assertTrue(line.startsWith("listening on "), line);
        return line.substring("listening on ".length());
    }

    private static String as(String user, String uri) {
        return user.isEmpty() ? uri : uri.replace("tcp://", "tcp://" + user + "@");
    }

    /** By the variable, as one does who keeps a password out of the list of processes. */
    private static CommandRun publish(String uri) {
        return CommandRun.runWithUri(uri, "x\n", "publish", "topic");
    }
}
