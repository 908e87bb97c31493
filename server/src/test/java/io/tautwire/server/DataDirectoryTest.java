package io.tautwire.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DataDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void aDirectoryIsMadeAndFoundAgain() {
        try (Server server = server().start()) {
            assertTrue(server.recovery().orElseThrow().isClean());
            assertEquals(0, server.recovery().orElseThrow().tail());
        }
        try (Server server = server().start()) {
            final ServerRecovery recovery = server.recovery().orElseThrow();
            assertTrue(recovery.isClean(), recovery.toString());
            assertEquals(directory.resolve("data"), recovery.directory());
            assertTrue(server.failure().isEmpty());
        }
    }

    @Test
    void aDirectoryIsOneServersAtATime() {
        try (Server server = server().start()) {
            final TautwireException failure = assertThrows(TautwireException.class, () -> server().start());
            assertEquals(Code.JOURNAL_IN_USE, failure.code());
            assertTrue(server.failure().isEmpty());
        }
        server().start().close();
    }

    @Test
    void aServerThatCannotListenLetsItsDirectoryGo() {
        try (Server server = Server.builder().listen("tcp://127.0.0.1:0").start()) {
            final String taken = server.listeners().get(0).uri().toString();
            final ServerBuilder builder = server().listen(taken);
            assertEquals(
                    Code.CONNECT_FAILED,
                    assertThrows(TautwireException.class, builder::start).code());
        }
        server().start().close();
    }

    @Test
    void whatMakesNoSenseIsReportedTogether() {
        final ServerBuilder memory =
                Server.builder().durability(AckLevel.SYNCED).retentionBytes(0).retentionAge(Duration.ZERO);
        final String faults = faults(memory);
        for (final String word :
                List.of("listen is missing", "dataDirectory", "retentionBytes=0", "retentionAge=PT0S")) {
            assertTrue(faults.contains(word), faults);
        }
        assertTrue(faults(server().segmentBytes(4096)).contains("segmentBytes=4096"));
        assertFalse(directory.resolve("data").toFile().exists(), "nothing is made of what makes no sense");
    }

    @Test
    void nothingIsLeftBehind() {
        server().start().close();
        final List<String> threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("tautwire-server-journal") || name.startsWith("tautwire-server-snap"))
                .toList();
        assertEquals(List.of(), threads);
    }

    private static String faults(ServerBuilder builder) {
        final TautwireException failure = assertThrows(TautwireException.class, builder::start);
        assertEquals(Code.CONFIGURATION_INVALID, failure.code());
        return failure.detail();
    }

    private ServerBuilder server() {
        return Server.builder()
                .listen("tcp://127.0.0.1:0")
                .dataDirectory(directory.resolve("data"))
                .segmentBytes(1 << 20);
    }
}
