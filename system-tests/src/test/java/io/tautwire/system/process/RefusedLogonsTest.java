package io.tautwire.system.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.server.UserLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However a logon fails, nothing that anybody could log on with reaches a log, an exception or a text. */
@Timeout(120)
final class RefusedLogonsTest {
    private static final String PASSWORD = "sesame-7342";
    private static final String TOKEN = "eyJhbGciOi-t0k3n";

    @TempDir
    Path directory;

    @Test
    void noSecretIsShown() throws Exception {
        final Path output = directory.resolve("out");
        try (ChildProcess process =
                ChildProcess.start(output, RefusedLogons.class, directory.toString(), PASSWORD, TOKEN)) {
            process.awaitSuccess();
        }
        final List<String> shown = new ArrayList<>(Files.readAllLines(output));
        assertFalse(shown.contains("logged on") || shown.contains("done"), "something did not fail");
        assertEquals(
                9 * 2 * 6 * 5 + 7,
                shown.stream().filter(line -> line.startsWith("failed ")).count());
        shown.addAll(Files.readAllLines(directory.resolve("out.err")));
        for (final String logged : List.of(
                "client=refused peer=127.0.0.1",
                "logon refused",
                "fault=AUTHENTICATOR",
                "message is withheld",
                "users file=")) {
            assertTrue(shown.stream().anyMatch(line -> line.contains(logged)), logged);
        }
        final List<String> secrets = new ArrayList<>(List.of(PASSWORD, TOKEN));
        final String[] fields = UserLine.of("alice", PASSWORD.toCharArray(), new byte[16], 4096)
                .text()
                .split(":");
        secrets.addAll(List.of(fields[3], fields[4]));
        for (final String line : shown) {
            for (final String secret : secrets) {
                assertFalse(line.contains(secret), line);
            }
        }
    }
}
