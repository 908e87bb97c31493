package io.tautwire.system.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.client.MessageStream;
import io.tautwire.codec.sbe.Code;
import io.tautwire.server.Server;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left when client and server are closed: no thread, no file, no port, no descriptor. */
@Timeout(60)
final class HygieneTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private static List<Carrier> carriers() {
        return Carrier.all();
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void nothingIsLeftAfterClose(Carrier carrier) throws Exception {
        useAndClose(carrier); // what is loaded once, stays
        Await.until("no thread is left", () -> threads().isEmpty());
        final long before = descriptors();
        for (int i = 0; i < 5; i++) {
            useAndClose(carrier);
        }
        Await.until("no thread is left", () -> threads().isEmpty());
        Await.until("no descriptor is left", () -> descriptors() <= before);
    }

    @Test
    void nothingIsLeftOfWhatCouldNotStart(@TempDir Path directory) throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            final int port = taken.getLocalPort();
            final Path file = directory.resolve("s");
            Codes.assertCode(Code.CONNECT_FAILED, () -> Server.builder()
                    .listen("unix:///?path=" + file)
                    .listen("tcp://127.0.0.1:" + port)
                    .start());
            assertFalse(Files.exists(file));
            Codes.assertCode(Code.CONNECT_FAILED, () -> Client.connect("unix:///?path=" + file, "a"));
            Await.until("no thread is left", () -> threads().isEmpty());
        }
    }

    @Test
    void aServerThatLosesItsClientsWithoutAWordForgetsThem() throws Exception {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                TestProxy proxy = new TestProxy(server.port(), 1)) {
            final long before = descriptors();
            for (int i = 0; i < 20; i++) {
                try (Client client = new Client("client-" + i)) {
                    client.connect(proxy.uri()).logon();
                    client.subscribe("#", message -> {});
                    proxy.cut();
                }
            }
            Await.until("all sessions are gone", () -> server.counters().sessions() == 0);
            assertTrue(server.server().sessions().isEmpty());
            Await.until("no descriptor is left", () -> descriptors() <= before);
        }
    }

    private static void useAndClose(Carrier carrier) {
        try (TestServer server = TestServer.start(carrier);
                Client client = server.client(new ClientConfig("both"));
                Client idle = new Client("never connected")) {
            final MessageStream stream = client.stream("#");
            client.subscribe("a", message -> {});
            client.publish("a", "x");
            assertEquals(1, client.publishFlush(SOON).acknowledged());
            assertEquals("x", stream.poll(SOON).bodyText());
            client.disconnect();
            client.connect(server.uri()).logon();
            client.publish("a", "y");
            assertEquals(0, idle.outstanding());
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("tautwire"))
                .sorted()
                .toList();
    }

    /** How many files and sockets this process has open; 0 where the system does not tell. */
    private static long descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.count();
        } catch (IOException e) {
            return 0;
        }
    }
}
