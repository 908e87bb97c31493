package io.tautwire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a process of its own, ended by SIGTERM. */
@DisabledOnOs(OS.WINDOWS)
final class SignalTest extends WithServer {
    private static void assertEndsWell(Process process) throws InterruptedException {
        assertEnds(0, process);
    }

    private static void assertEnds(int exitCode, Process process) throws InterruptedException {
        process.toHandle().destroy(); // the process itself would close its streams here too
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(exitCode, process.exitValue());
    }

    /** The directories of demonstrations under way whose temporary files are there. */
    private static List<Path> demos(Path temporary) throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("tautwire-demo"))
                    .toList();
        }
    }

    private static void awaitFile(Process process, Path temporary, String name) throws IOException {
        final long startNs = System.nanoTime();
        while (demos(temporary).stream().noneMatch(demo -> Files.exists(demo.resolve(name)))) {
            assertTrue(process.isAlive() && System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(60));
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    @ParameterizedTest
    @CsvSource({"unix, demo.sock", "tcps, store.p12", "tcps, key.pem"})
    void aDemoThatIsEndedLeavesNoFiles(String scheme, String file, @TempDir Path temporary)
            throws IOException, InterruptedException {
        final Process process = CommandProcess.start(
                List.of("-Djava.io.tmpdir=" + temporary), "demo", "--scheme", scheme, "--repeat", "1000");
        try (BufferedReader err = process.errorReader(UTF_8)) {
            awaitFile(process, temporary, file);
            assertEnds(1, process);
            final String line = err.readLine();
            assertTrue(line.contains("INTERRUPTED"), line);
            assertEquals(-1, err.read());
            assertEquals(List.of(), demos(temporary));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aServerEndsWell() throws IOException, InterruptedException {
        final Process process = CommandProcess.start("serve", "--listen", "tcp://127.0.0.1:0");
        try (BufferedReader out = process.inputReader(UTF_8)) {
            assertTrue(out.readLine().startsWith("listening on tcp://127.0.0.1:"));
            assertEndsWell(process);
            assertEquals(-1, out.read());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aSubscriberEndsWell() throws IOException, InterruptedException {
        final Process process = CommandProcess.start("subscribe", uri(), "a");
        try (BufferedReader err = process.errorReader(UTF_8)) {
            assertEquals("subscribed", err.readLine());
            assertEndsWell(process);
            assertEquals(-1, err.read());
        } finally {
            process.destroyForcibly();
        }
    }
}
