package io.tautwire.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelOption;
import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionString;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Unix sockets must do, whatever the mechanism. */
abstract class UnixTransportContract extends TransportContract {
    @TempDir
    Path directory;

    private int files;

    @Override
    public ConnectionString listenAt() {
        return listenAt(directory.resolve("s" + files++));
    }

    @Override
    public ConnectionString targetOf(Listener listener) {
        return target(Path.of(listener.uri().path()));
    }

    @Override
    public ConnectionString nobody() {
        return target(directory.resolve("nobody"));
    }

    @Override
    public SocketChannel plainSocket(Listener listener) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(listener.uri().path()));
    }

    @Test
    void isLocal() {
        assertTrue(serverLoop.listen(listenAt(), (wire, at) -> new Peer(wire)).isLocal());
    }

    @Test
    void namesTheFileWhenNobodyListens() throws Exception {
        final TautwireException failure = failureOf(nobody());

        final String place = "path=" + directory.resolve("nobody") + " (No such file or directory)";
        assertTrue(failure.getMessage().contains(place), failure.getMessage());
    }

    @Test
    void refusesToConnectToAStaleSocketFile() throws Exception {
        assertEquals(Code.CONNECT_FAILED, failureOf(target(staleFile())).code());
    }

    @Test
    void removesTheFileWithTheListener() {
        final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> new Peer(wire));
        final Path file = Path.of(listener.uri().path());
        assertTrue(Files.exists(file));

        listener.close();

        assertFalse(Files.exists(file));
    }

    @Test
    void removesTheFileWithTheLoop() {
        final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> new Peer(wire));

        serverLoop.close();

        assertFalse(Files.exists(Path.of(listener.uri().path())));
    }

    @Test
    void replacesASocketFileAtWhichNobodyAnswers() throws Exception {
        final byte[] bytes = randomBytes(100);
        final Path stale = staleFile();
        final Listener listener = serverLoop.listen(listenAt(stale), (wire, at) -> new Peer.Echo(wire));

        final Peer client = connect(listener, Peer::new);
        clientLoop.execute(() -> client.send(bytes));

        assertArrayEquals(bytes, get(on(clientLoop, () -> client.await(bytes.length))));
    }

    @Test
    void refusesASocketFileAtWhichSomebodyAnswers() throws Exception {
        final Listener live = serverLoop.listen(listenAt(), (wire, at) -> new Peer(wire));
        final ConnectionString same = live.uri();

        final TautwireException failure =
                assertThrows(TautwireException.class, () -> serverLoop.listen(same, (wire, at) -> new Peer(wire)));

        assertEquals(Code.CONNECT_FAILED, failure.code());
        connect(live, Peer::new);
    }

    @Test
    void leavesAFileThatIsNoSocketAlone() throws Exception {
        final Path file = Files.writeString(directory.resolve("notes"), "precious");
        final Path link = Files.createSymbolicLink(directory.resolve("link"), staleFile());

        assertRefused(file);
        assertRefused(link);
        assertRefused(directory);

        assertEquals("precious", Files.readString(file));
        assertTrue(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
    }

    private void assertRefused(Path file) {
        final TautwireException failure = assertThrows(
                TautwireException.class, () -> serverLoop.listen(listenAt(file), (wire, at) -> new Peer(wire)));
        assertEquals(Code.CONFIGURATION_INVALID, failure.code());
        assertTrue(failure.getMessage().contains("path=" + file), failure.getMessage());
    }

    @Test
    void appliesTheSizesOfBuffersOnBothSides() throws Exception {
        final Accepted<Peer> server = new Accepted<>(Peer::new);
        final Path file = directory.resolve("sized");
        final String options = "unix:///?path=" + file + "&tcp_rcvbuf=32k&tcp_sndbuf=16k";
        serverLoop.listen(ConnectionString.parseListener(options), server);
        final Peer client = connect(ConnectionString.parse(options), Peer::new);

        for (final Peer peer : List.of(client, get(server.peer))) {
            TcpOptionsContract.assertSize(32_768, TcpFixture.option(peer.wire, ChannelOption.SO_RCVBUF));
            TcpOptionsContract.assertSize(16_384, TcpFixture.option(peer.wire, ChannelOption.SO_SNDBUF));
        }
    }

    @Test
    void dropsWhatIsPendingWhenItAborts() throws Exception {
        final Accepted<Peer> server = new Accepted<>(Peer::new);
        try (SocketChannel plain = plainSocket(serverLoop.listen(listenAt(), server))) {
            final Peer peer = get(server.peer);
            final int length = 64 << 20;
            on(serverLoop, () -> {
                peer.send(new byte[length]);
                peer.wire.abort();
                peer.wire.abort();
                assertFalse(peer.closed.isDone(), "never from within the call");
                return null;
            });

            assertNull(get(peer.closed).orElse(null));
            final ByteBuffer read = ByteBuffer.allocate(length);
            while (plain.read(read) >= 0) {}
            assertTrue(read.hasRemaining());
            assertEquals(1, peer.closedCalls.get());
        }
    }

    private Path staleFile() throws IOException {
        final Path file = directory.resolve("stale" + files++);
        try (ServerSocketChannel ended = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            ended.bind(UnixDomainSocketAddress.of(file));
        }
        assertTrue(Files.exists(file));
        return file;
    }

    private static ConnectionString listenAt(Path file) {
        return ConnectionString.parseListener("unix:///?path=" + file);
    }

    private static ConnectionString target(Path file) {
        return ConnectionString.parse("unix:///?path=" + file);
    }
}
