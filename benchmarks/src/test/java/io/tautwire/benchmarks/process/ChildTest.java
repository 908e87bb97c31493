package io.tautwire.benchmarks.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.client.Client;
import io.tautwire.transport.connection.ConnectionString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ChildTest {
    private static final String UNIX = "unix:///";

    @Test
    void aServerServesUntilItIsClosed() {
        final Child server = ServerProcess.start(UNIX);
        final Path socket = socketOf(server.address());
        try (Client client = Client.connect(server.address(), "a")) {
            client.publish("t", "1");
            assertEquals(1, client.publishFlush(Duration.ofSeconds(30)).acknowledged());
        } finally {
            server.close();
        }
        assertEquals(0, server.process().exitValue());
        assertFalse(Files.exists(socket.getParent()));
    }

    @Test
    void aServerEndsWhenItsParentIsKilled() throws Exception {
        final Child parent = Child.start(Parent.class);
        final String[] words = parent.address().split(" ");
        final ProcessHandle server = ProcessHandle.of(Long.parseLong(words[0])).orElseThrow();
        final Path socket = socketOf(words[1]);
        assertTrue(Files.exists(socket));
        parent.process().destroyForcibly();
        server.onExit().get(60, TimeUnit.SECONDS);
        assertFalse(Files.exists(socket.getParent()));
        parent.close();
    }

    @Test
    void aServerThatASignalEndsLeavesNothing() throws Exception {
        try (Child server = ServerProcess.start(UNIX)) {
            server.process().destroy();
            assertTrue(server.process().waitFor(60, TimeUnit.SECONDS));
            assertFalse(Files.exists(socketOf(server.address()).getParent()));
        }
    }

    @Test
    void aServerThatCannotStartIsAnError() {
        final Exception refused =
                assertThrows(IllegalStateException.class, () -> ServerProcess.start("tcp://127.0.0.1:0?io=none"));
        assertTrue(refused.getMessage().startsWith("ServerProcess said 'null'"), refused::getMessage);
    }

    @Test
    void anEchoSaysWhatItHears() throws IOException {
        for (final boolean isUnix : new boolean[] {false, true}) {
            try (Child echo = EchoProcess.start(isUnix, EchoProcess.Duty.ECHO);
                    SocketChannel channel = EchoProcess.connect(echo)) {
                channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
                final ByteBuffer heard = ByteBuffer.allocate(3);
                while (heard.hasRemaining() && channel.read(heard) >= 0) {
                    // more is to come
                }
                assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), heard.flip());
            }
        }
    }

    private static Path socketOf(String uri) {
        return Path.of(ConnectionString.parse(uri).path());
    }

    /** A process that starts a server and says which. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] args) throws IOException {
            final Child server = ServerProcess.start(UNIX);
            Lifeline.serve(server.process().pid() + " " + server.address(), server);
        }
    }
}
