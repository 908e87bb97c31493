package io.tautwire.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command of the archive, as somebody has it who has a Java runtime and nothing else. */
@DisabledOnOs(OS.WINDOWS)
final class ArchiveTest {
    private static final String LISTENING = "listening on ";

    /** The words of a shell: what an argument may be mistaken for. */
    private static final List<String> ODD = List.of("two  words", "*", "$HOME", "'\"\\", "-Dx=y");

    @TempDir
    static Path directory;

    private static Path folder;
    private static Installed installed;

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        folder = Files.createDirectory(directory.resolve("a folder"));
        installed = Installed.into(folder);
    }

    @AfterAll
    static void removeLinks() throws IOException {
        Links.removeFrom(directory);
    }

    private static Run start(String input, String... words) throws IOException {
        return Installed.start(installed.script(), directory, Map.of(), input, words);
    }

    /** The script's own failure: one line, before there is a JVM. */
    private static String failure(Map<String, String> environment) throws IOException, InterruptedException {
        try (Run run = Installed.start(installed.script(), directory, environment, "", "--version")) {
            run.await();
            assertEquals(1, run.exitCode(), run.out());
            assertEquals("", run.out());
            assertEquals(1, run.errLines().size(), run.err());
            return run.err();
        }
    }

    @Test
    void holdsOneFolderAndNothingElse() throws IOException {
        try (var files = Files.list(folder)) {
            assertEquals(List.of(installed.home()), files.toList());
        }
        assertEquals(List.of("LICENSE", "bin", "lib", "licenses"), installed.names(""));
        assertEquals(List.of("tautwire"), installed.names("bin"));
    }

    @Test
    void saysItsVersionThroughSymbolicLinks() throws IOException, InterruptedException {
        final Path first = Files.createSymbolicLink(directory.resolve("first"), installed.script());
        final Path links = Files.createDirectory(directory.resolve("links"));
        final Path second =
                Files.createSymbolicLink(links.resolve("second"), Path.of("..").resolve(first.getFileName()));
        try (Run run = Installed.start(second, links, Map.of(), "", "--version")) {
            run.awaitSuccess();
            assertEquals("tautwire " + Built.version() + "\n", run.out());
        }
    }

    /** Over TLS, because that needs most of what is in the archive: native libraries too. */
    @Test
    void showsTheDemo() throws IOException, InterruptedException {
        try (Run run = start("", "demo", "--scheme", "tcps", "--json")) {
            run.awaitSuccess();
            assertTrue(
                    run.out().contains("\"acknowledged\":100000,\"delivered\":[100000,100000],\"lost\":0"), run.out());
        }
    }

    @Test
    void servesPublishesAndSubscribesAndEndsBySignal() throws IOException, InterruptedException {
        try (Run server = start("", "serve", "--listen", "tcp://127.0.0.1:0")) {
            final String listening = server.awaitOut();
            assertTrue(listening.startsWith(LISTENING), listening);
            final String uri = listening.substring(LISTENING.length());
            try (Run subscriber = start("", "subscribe", uri, "trades/#", "--count", "2")) {
                assertEquals("subscribed", subscriber.awaitErr());
                try (Run publisher = start("one\ntwo\n", "publish", uri, "trades/BTCUSD")) {
                    publisher.await();
                    assertEquals(0, publisher.exitCode(), publisher.err());
                }
                subscriber.await();
                assertEquals(0, subscriber.exitCode(), subscriber.err());
                assertEquals("one\ntwo\n", subscriber.out());
            }
            server.terminate();
            server.awaitSuccess();
        }
    }

    @Test
    void passesArgumentsAsTheyAre() throws IOException, InterruptedException {
        try (Run run = start("", ODD.toArray(String[]::new))) {
            run.await();
            assertEquals(2, run.exitCode(), run.out());
            for (final String word : ODD) {
                assertTrue(run.err().contains("'" + word + "'"), run.err());
            }
        }
    }

    @Test
    void takesFurtherFlagsForTheJvm() throws IOException, InterruptedException {
        final Map<String, String> flags = Map.of("TAUTWIRE_OPTS", "-Dodd=*  -version");
        try (Run run = Installed.start(installed.script(), directory, flags, "", "--no-such-thing")) {
            run.await();
            assertEquals(0, run.exitCode(), run.err());
            assertTrue(run.err().contains(" version \""), run.err());
        }
    }

    @Test
    void saysThatJavaHomeHasNoJava() throws IOException, InterruptedException {
        final String err = failure(Map.of("JAVA_HOME", "/no/such/folder"));
        assertTrue(err.contains("JAVA_HOME=/no/such/folder") && err.contains("17"), err);
    }

    @Test
    void saysThatThereIsNoJavaOnThePath() throws IOException, InterruptedException {
        final Path tools = Files.createDirectory(directory.resolve("tools"));
        for (final String tool : List.of("readlink", "dirname", "sed")) {
            final Path usual = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(tools.resolve(tool), Files.exists(usual) ? usual : Path.of("/bin", tool));
        }
        final String err = failure(Map.of("JAVA_HOME", "", "PATH", tools.toString()));
        assertTrue(err.contains("no java") && err.contains("17"), err);
    }

    @Test
    void saysThatJavaIsTooOld() throws IOException, InterruptedException {
        final Path old = directory.resolve("java 8");
        final Path java = Files.createDirectories(old.resolve("bin")).resolve("java");
        Files.createFile(java, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"1.8.0_402\"\n");
        final String err = failure(Map.of("JAVA_HOME", old.toString()));
        assertTrue(err.contains("version 8") && err.contains("17"), err);
    }
}
