package io.tautwire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The command as a process of its own, ended by SIGTERM. */
@DisabledOnOs(OS.WINDOWS)
final class SignalTest extends WithServer {
    private static void assertEndsWell(Process process) throws InterruptedException {
        process.toHandle().destroy(); // the process itself would close its streams here too
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
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
