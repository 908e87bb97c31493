package io.tautwire.transport;

import static io.tautwire.transport.TcpEndpoints.freePort;
import static io.tautwire.transport.TcpEndpoints.tcp;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionString;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What TCP must do, whatever the mechanism. */
abstract class TcpTransportContract extends TransportContract implements TcpEndpoints {
    @Test
    void tellsTheRealPort() throws Exception {
        final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> new Peer(wire));

        assertTrue(listener.port() > 0);
        assertEquals("tcp://127.0.0.1:" + listener.port(), listener.uri().toString());
        assertEquals("tcp://127.0.0.1:" + listener.port(), listener.toString());
    }

    @Test
    void isLocalOnlyOnLoopback() {
        assertTrue(serverLoop.listen(listenAt(), (wire, at) -> new Peer(wire)).isLocal());
        final ConnectionString anywhere = ConnectionString.parseListener("tcp://0.0.0.0:0");
        assertFalse(serverLoop.listen(anywhere, (wire, at) -> new Peer(wire)).isLocal());
    }

    @Test
    void keepsTheSystemsExceptionAndNamesTheHost() throws Exception {
        final ConnectionString target = nobody();
        final TautwireException failure = failureOf(target);

        assertInstanceOf(ConnectException.class, failure.getCause());
        assertTrue(
                failure.getMessage().contains(target.hosts().get(0) + " (Connection refused)"), failure.getMessage());
    }

    @Test
    void connectsToTheFirstHostThatAnswers() throws Exception {
        final Listener second = serverLoop.listen(listenAt(), (wire, at) -> new Peer(wire));
        final Listener third = serverLoop.listen(listenAt(), (wire, at) -> new Peer(wire));

        final Peer client = connect(
                tcp("127.0.0.1:" + freePort() + ",127.0.0.1:" + second.port() + ",127.0.0.1:" + third.port()),
                Peer::new);

        assertEquals("127.0.0.1:" + second.port(), client.wire.peer());
    }

    @Test
    void namesEachHostThatItTried() throws Exception {
        final int first = freePort();
        final int second = freePort();

        final TautwireException failure = failureOf(tcp("127.0.0.1:" + first + ",localhost:" + second));

        assertTrue(failure.getMessage().contains("127.0.0.1:" + first), failure.getMessage());
        assertTrue(failure.getMessage().contains("localhost:" + second), failure.getMessage());
        assertTrue(failure.getCause().getSuppressed().length > 0);
    }

    @Test
    void looksNamesUp() throws Exception {
        final Listener listener =
                serverLoop.listen(ConnectionString.parseListener("tcp://localhost:0"), (wire, at) -> new Peer(wire));

        connect(tcp("localhost:" + listener.port()), Peer::new);
    }

    @Test
    void saysThatANameIsUnknown() throws Exception {
        final TautwireException failure = failureOf(tcp("no-such-host.invalid:1?connect_timeout=10s"));

        assertEquals(Code.CONNECT_FAILED, failure.code());
        assertInstanceOf(UnknownHostException.class, failure.getCause());
    }

    @Test
    void goesOnToTheNextHostWhenOneDoesNotAnswerInTime() throws Exception {
        final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> new Peer(wire));
        try (Deaf deaf = new Deaf()) {
            final Peer client = connect(
                    tcp(deaf.address() + ",127.0.0.1:" + listener.port() + "?connect_timeout=100ms"), Peer::new);
            assertEquals("127.0.0.1:" + listener.port(), client.wire.peer());

            final TautwireException failure = failureOf(tcp(deaf.address() + "?connect_timeout=100ms"));
            assertInstanceOf(SocketTimeoutException.class, failure.getCause());
            assertTrue(failure.getMessage().contains("connect_timeout=100ms"), failure.getMessage());
        }
    }

    @Test
    void givesUpConnectingWhenTheLoopCloses() throws Exception {
        try (Deaf deaf = new Deaf()) {
            final CompletableFuture<Peer> connected = new CompletableFuture<>();
            clientLoop.connect(tcp(deaf.address() + "?connect_timeout=60s"), handler(connected, Peer::new));
            on(clientLoop, () -> null);

            clientLoop.close();

            final TautwireException failure = (TautwireException)
                    connected.handle((peer, thrown) -> thrown).getNow(null);
            assertEquals(Code.CLOSED, failure.code());
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> new Peer(wire));
        connect(tcp("localhost:" + listener.port()), Peer::new);

        clientLoop.close();
        serverLoop.close();

        assertFalse(isAlive("test-"));
    }

    @Test
    void saysThatAnAddressIsInUse() {
        final Listener first = serverLoop.listen(listenAt(), (wire, at) -> new Peer(wire));
        final ConnectionString same = ConnectionString.parseListener("tcp://127.0.0.1:" + first.port());

        final TautwireException failure =
                assertThrows(TautwireException.class, () -> serverLoop.listen(same, (wire, at) -> new Peer(wire)));

        assertEquals(Code.CONNECT_FAILED, failure.code());
        assertTrue(
                failure.getMessage().contains(":" + first.port() + ": Address already in use"), failure.getMessage());
        assertInstanceOf(IOException.class, failure.getCause());
    }

    @Test
    void tellsWhyAConnectionBroke() throws Exception {
        final Accepted<Peer> server = new Accepted<>(Peer::new);
        final SocketChannel plain = plainSocket(serverLoop.listen(listenAt(), server));
        final Peer peer = get(server.peer);

        plain.setOption(StandardSocketOptions.SO_LINGER, 0);
        plain.close();

        assertInstanceOf(IOException.class, get(peer.closed).orElseThrow());
    }

    @Test
    void readsWhatAPeerSaidBeforeItWouldTakeNoMore() throws Exception {
        final byte[] last = randomBytes(1000);
        try (ServerSocketChannel plain = ServerSocketChannel.open()) {
            plain.bind(new InetSocketAddress("127.0.0.1", 0));
            final int port = ((InetSocketAddress) plain.getLocalAddress()).getPort();
            final Peer client = connect(tcp("127.0.0.1:" + port), Peer::new);
            final CompletableFuture<byte[]> arrived = on(clientLoop, () -> client.await(last.length));
            on(clientLoop, () -> {
                client.send(new byte[64 << 20]);
                return null;
            });
            final SocketChannel peer = plain.accept();
            peer.write(ByteBuffer.wrap(last));

            // Closing with input unread resets the connection.
            peer.close();

            assertArrayEquals(last, get(arrived));
            assertInstanceOf(IOException.class, get(client.closed).orElseThrow());
        }
    }

    /** A port that never answers: its queue of connections is full and nobody takes one. */
    private static final class Deaf implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        private final List<SocketChannel> waiting = new ArrayList<>();

        Deaf() throws IOException {
            for (int i = 0; i < 8; i++) {
                final SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(socket.getLocalSocketAddress());
                waiting.add(channel);
            }
        }

        String address() {
            return "127.0.0.1:" + socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (final SocketChannel channel : waiting) {
                channel.close();
            }
            socket.close();
        }
    }
}
