package io.tautwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.server.Server;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PublishStoreCommandTest {
    @TempDir
    private Path directory;

    private String uri;
    private String store;

    @BeforeEach
    void setUp() {
        uri = "unix:///?path=" + directory.resolve("sock");
        store = directory.resolve("store").toString();
    }

    @Test
    void whatFoundNoServerStaysAndTheNextRunSendsIt() {
        final CommandRun first =
                CommandRun.runWithInput("one\ntwo\n", "publish", uri, "t", "--store", store, "--flush-timeout", "50ms");
        assertEquals(1, first.exitCode());
        assertTrue(first.out().startsWith("published 2, acknowledged 0 (not logged on)"), first.out());
        assertTrue(first.err().contains("outstanding=2 stay in store=" + store), first.err());
        try (Server server = Server.builder().listen(uri).start()) {
            final CommandRun second = CommandRun.runWithInput("three\n", "publish", uri, "t", "--store", store);
            assertEquals(0, second.exitCode(), second.err());
            assertEquals(1, server.listeners().size());
            assertTrue(second.out().startsWith("published 1, acknowledged 1 (received)"), second.out());
            assertTrue(second.out().contains("; 2 of earlier runs settled"), second.out());
        }
    }

    @Test
    void linesAreSentWhenTheServerComes() {
        try (CommandRun publisher = CommandRun.start(
                new ByteArrayInputStream("one\ntwo\n".getBytes()), "publish", uri, "t", "--store", store, "--json")) {
            while (!Files.exists(Path.of(store, "journal.meta"))) {
                assertTrue(publisher.isRunning(), publisher.err());
                Thread.onSpinWait();
            }
            try (Server server = Server.builder().listen(uri).start()) {
                assertEquals(0, publisher.awaitEnd().exitCode(), publisher.err());
                assertEquals(1, server.listeners().size());
                assertEquals(2L, ((Number) publisher.json().get("acknowledged")).longValue());
            }
        }
    }

    @Test
    void aStoreInOptionAndStringIsOneTooMany() {
        final CommandRun run = CommandRun.runWithInput("", "publish", uri + "&store=" + store, "t", "--store", store);
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("give one"), run.err());
    }
}
