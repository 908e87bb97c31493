package io.tautwire.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.transport.connection.ConnectionString;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a TCP connection closes: what waits, where, and what does not. */
abstract class TcpClosingContract extends TcpFixture {
    private static final String CLOSER = "test-server-closer";

    /** More than the system takes for a peer that does not read. */
    private static final int TOO_MUCH = 64 << 20;

    private final Accepted<Peer> server = new Accepted<>(Peer::new);

    @AfterEach
    void leavesClosingToItsOwnThreads() {
        assertFalse(isAlive("globalEventExecutor"));
    }

    /** A peer that reads nothing, and whose connection is full. */
    private SocketChannel stuckPeer(String options) throws Exception {
        final SocketChannel plain =
                plainSocket(serverLoop.listen(ConnectionString.parseListener("tcp://127.0.0.1:0?" + options), server));
        final Peer peer = get(server.peer);
        on(serverLoop, () -> {
            peer.send(new byte[TOO_MUCH]);
            return null;
        });
        return plain;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void waitsForUnsentBytesOnANamedThread(boolean endsInOrder) throws Exception {
        try (SocketChannel plain = stuckPeer("tcp_linger=600")) {
            final Peer peer = get(server.peer);
            if (endsInOrder) {
                serverLoop.execute(peer.wire::close);
            } else {
                plain.shutdownOutput();
            }
            awaitClosing();

            assertTrue(peer.closed.isDone(), "the handler is told before the wait");
            assertNull(get(peer.closed).orElse(null));
            assertTrue(on(serverLoop, serverLoop::inLoop), "the loop goes on");
            assertTrue(isClosing(), "the wait goes on");
            assertFalse(channel(peer.wire).closeFuture().isDone());
        }
        // The socket of the peer is closed with bytes unread, so the connection is reset.
        assertTrue(channel(get(server.peer).wire).closeFuture().await(20, TimeUnit.SECONDS));
        await(() -> !isAlive(CLOSER));
    }

    @Test
    void waitsNoLongerThanItIsTold() throws Exception {
        try (SocketChannel plain = stuckPeer("tcp_linger=1")) {
            final Peer peer = get(server.peer);
            serverLoop.execute(peer.wire::close);

            awaitClosing();

            assertTrue(channel(peer.wire).closeFuture().await(20, TimeUnit.SECONDS));
            assertTrue(plain.isOpen());
        }
    }

    @Test
    void doesNotWaitWhenToldNotTo() throws Exception {
        try (SocketChannel plain = stuckPeer("tcp_linger=-1")) {
            final Peer peer = get(server.peer);
            serverLoop.execute(peer.wire::close);

            assertTrue(channel(peer.wire).closeFuture().await(20, TimeUnit.SECONDS));

            assertFalse(isAlive(CLOSER));
            assertTrue(plain.isOpen());
        }
    }

    @Test
    void sendsWhatTheSystemHasWhileItWaits() throws Exception {
        final byte[] bytes = randomBytes(200_000);
        final Listener listener = serverLoop.listen(
                ConnectionString.parseListener("tcp://127.0.0.1:0?tcp_linger=600&tcp_sndbuf=1m"), server);
        try (SocketChannel plain = SocketChannel.open()) {
            plain.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            plain.connect(new java.net.InetSocketAddress("127.0.0.1", listener.port()));
            final Peer peer = get(server.peer);
            on(serverLoop, () -> {
                peer.send(bytes);
                return null;
            });
            plain.shutdownOutput();
            awaitClosing();

            final ByteBuffer read = ByteBuffer.allocate(bytes.length + 1);
            while (plain.read(read) >= 0) {}

            assertArrayEquals(bytes, Arrays.copyOf(read.array(), read.position()), "seed=" + seed);
            assertTrue(channel(peer.wire).closeFuture().await(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void letsTheLoopEndBeforeTheWaitDoes() throws Exception {
        try (SocketChannel plain = stuckPeer("tcp_linger=600")) {
            serverLoop.close();

            assertTrue(get(server.peer).closed.isDone());
            assertTrue(isClosing());
            assertTrue(plain.isOpen());
            assertEquals(1, threads("test-server"), "only the one that closes is left");
        }
        await(() -> !isAlive(CLOSER));
    }

    @Test
    void doesNotWaitForAConnectionThatIsBroken() throws Exception {
        try (SocketChannel plain = stuckPeer("tcp_linger=600")) {
            plain.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        final Peer peer = get(server.peer);

        assertInstanceOf(IOException.class, get(peer.closed).orElseThrow());
        assertTrue(channel(peer.wire).closeFuture().await(20, TimeUnit.SECONDS));
    }

    @Test
    void failsToConnectWithoutAnyThread() throws Exception {
        failureOf(nobody());

        assertFalse(isAlive("test-client-closer"));
    }

    @Test
    void closesManyAtOnce() throws Exception {
        final int count = 200;
        final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> new Peer.Echo(wire));
        final Peer[] peers = new Peer[count];
        for (int i = 0; i < count; i++) {
            peers[i] = connect(listener, Peer::new);
        }

        clientLoop.execute(() -> Arrays.stream(peers).forEach(peer -> peer.wire.close()));

        for (final Peer peer : peers) {
            assertNull(get(peer.closed).orElse(null));
            assertTrue(channel(peer.wire).closeFuture().await(20, TimeUnit.SECONDS));
            assertEquals(1, peer.closedCalls.get());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tcp_linger=600", "tcp_linger=-1"})
    void resetsTheConnectionWhenItAborts(String options) throws Exception {
        try (SocketChannel plain = stuckPeer(options)) {
            final Peer peer = get(server.peer);
            on(serverLoop, () -> {
                peer.wire.abort();
                peer.wire.abort();
                peer.wire.close();
                assertFalse(peer.closed.isDone(), "never from within the call");
                return null;
            });

            assertNull(get(peer.closed).orElse(null));
            final IOException reset = assertThrows(IOException.class, () -> readToTheEnd(plain));
            assertTrue(reset.getMessage().contains("reset"), reset.getMessage());
            assertEquals(1, peer.closedCalls.get());
            assertFalse(isAlive(CLOSER));
        }
    }

    @Test
    void abortsAClosingThatIsUnderWay() throws Exception {
        try (SocketChannel plain = stuckPeer("tcp_linger=600")) {
            final Peer peer = get(server.peer);
            on(serverLoop, () -> {
                peer.wire.close();
                peer.wire.abort();
                return null;
            });

            assertNull(get(peer.closed).orElse(null));
            assertThrows(IOException.class, () -> readToTheEnd(plain));
        }
    }

    @Test
    void mayBeAbortedByWhoIsGivenBytes() throws Exception {
        final Peer client = connect(
                serverLoop.listen(listenAt(), (wire, at) -> new Peer(wire) {
                    @Override
                    public int onBytes(DirectBuffer buffer, int offset, int length) {
                        wire.abort();
                        return length;
                    }
                }),
                Peer::new);

        clientLoop.execute(() -> client.send(new byte[100]));

        assertInstanceOf(IOException.class, get(client.closed).orElseThrow());
    }

    @Test
    void ignoresAnAbortAfterTheEnd() throws Exception {
        try (SocketChannel plain = stuckPeer("tcp_linger=600")) {
            final Peer peer = get(server.peer);
            plain.shutdownOutput();
            awaitClosing();

            on(serverLoop, () -> {
                peer.wire.abort();
                return null;
            });

            assertTrue(isClosing());
            assertEquals(1, peer.closedCalls.get());
        }
    }

    private static void readToTheEnd(SocketChannel plain) throws IOException {
        final ByteBuffer read = ByteBuffer.allocate(1 << 20);
        while (plain.read(read.clear()) >= 0) {}
    }

    private static void awaitClosing() {
        await(TcpClosingContract::isClosing);
    }

    /** Whether our thread is in the middle of the system's close. */
    private static boolean isClosing() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().equals(CLOSER))
                .anyMatch(entry -> entry.getValue().length > 0
                        && entry.getValue()[0].isNativeMethod()
                        && entry.getValue()[0].getMethodName().startsWith("close"));
    }

    private static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    private static void await(BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadlineNs < 0, "not within 30 s");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
