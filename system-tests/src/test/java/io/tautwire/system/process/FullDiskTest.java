package io.tautwire.system.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tautwire.client.Client;
import io.tautwire.client.MessageStream;
import io.tautwire.client.StartPoint;
import io.tautwire.client.SubscribeOptions;
import io.tautwire.system.e2e.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server whose file system, a real one, is full for a while. */
@Timeout(120)
final class FullDiskTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int DISK_MEBIBYTES = 32;
    private static final long SEGMENT = (1 << 20) + 4096;
    private static final int BODY = 1024;
    private static final int MESSAGES = 20 << 10;

    @TempDir
    Path directory;

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatDoesNotFitWaitsForRoomAndNothingIsLost() throws Exception {
        final Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(ChildProcess.mayMount(disk), "processes may not mount here; the faulty disk covers it");
        final String uri = "unix:///?path=" + directory.resolve("socket");
        try (ChildProcess server = ChildProcess.startOnSmallDisk(
                disk,
                DISK_MEBIBYTES,
                directory.resolve("server"),
                ServerProcess.class,
                uri,
                disk.resolve("data").toString(),
                "SYNCED")) {
            Await.until("the server is ready", () -> !server.recentLines().isEmpty());
            try (Client client = Client.connect(uri, "publisher")) {
                for (int i = 0; i < MESSAGES; i++) {
                    client.publish("full", new byte[BODY]);
                }
                Await.until("the disk is full", () -> freeBytes(server, disk) < SEGMENT);
                assertTrue(client.outstanding() > 0);
                final long acknowledged = client.lastAcknowledged();
                Files.delete(server.pathOf(disk.resolve("filler")));
                assertEquals(MESSAGES, client.publishFlush(SOON).acknowledged());
                assertTrue(client.lastAcknowledged() > acknowledged);
            }
            assertAllThere(uri);
            server.finish();
            server.awaitSuccess();
        }
    }

    private static long freeBytes(ChildProcess server, Path disk) {
        return server.pathOf(disk).toFile().getUsableSpace();
    }

    private static void assertAllThere(String uri) {
        try (Client reader = Client.connect(uri, "audit");
                MessageStream messages = reader.stream("full", SubscribeOptions.from(StartPoint.start()))) {
            for (long sequence = 1; sequence <= MESSAGES; sequence++) {
                assertEquals(sequence, messages.poll(SOON).sequence());
            }
        }
    }
}
