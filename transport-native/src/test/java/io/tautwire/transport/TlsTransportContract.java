package io.tautwire.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.ChannelOption;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.internal.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS must do what every carrier does, whatever the mechanism and the provider. */
abstract class TlsTransportContract extends TransportContract {
    @TempDir
    static Path directory;

    private static TestAuthority authority;
    private static TestAuthority.PemFiles server;

    /** In the connection string's word. */
    abstract String provider();

    @BeforeAll
    static void makeCertificates() throws Exception {
        authority = TestAuthority.in(directory, "contract");
        server = authority.server();
    }

    @BeforeEach
    void requireProvider() {
        assumeTrue(provider().equals("jdk") || Tls.unavailability() == null, Tls.unavailability());
    }

    /** Closing in order has two seconds, in which all of it is encrypted and decrypted, also on a busy machine. */
    @Override
    int tooMuch() {
        return 4 << 20;
    }

    /** Each is a record. */
    @Override
    int manyWrites() {
        return 20_000;
    }

    @Override
    public ConnectionString listenAt() {
        return listenAt("&tcp_sndbuf=64k");
    }

    @Override
    public ConnectionString targetOf(Listener listener) {
        return target(listener.port());
    }

    @Override
    public ConnectionString nobody() {
        return target(TcpEndpoints.freePort());
    }

    private ConnectionString target(int port) {
        return ConnectionString.parse(
                "tcps://127.0.0.1:" + port + "?tls_ca=" + authority.file() + "&tls_provider=" + provider());
    }

    @Override
    public ByteChannel plainSocket(Listener listener) throws IOException {
        return new TlsSocket(JdkTls.connect(authority.file(), listener.port()));
    }

    private ConnectionString listenAt(String more) {
        return ConnectionString.parseListener(
                "tcps://127.0.0.1:0?" + server.options() + "&tls_provider=" + provider() + more);
    }

    @Test
    void appliesTheOptionsOfASocketOnBothSides() throws Exception {
        final String options = "&tcp_rcvbuf=32k&tcp_sndbuf=64k&tcp_linger=3&tcp_keepalive=false&tcp_nodelay=false";
        final Accepted<Peer> accepted = new Accepted<>(Peer::new);
        final Listener listener = serverLoop.listen(listenAt(options), accepted);
        final Peer client =
                connect(ConnectionString.parse(target(listener.port()) + options + "&bind=127.0.0.9"), Peer::new);

        assertTrue(get(accepted.peer).wire.peer().startsWith("127.0.0.9:"));
        for (final Peer peer : List.of(client, get(accepted.peer))) {
            TcpOptionsContract.assertSize(32_768, TcpFixture.option(peer.wire, ChannelOption.SO_RCVBUF));
            TcpOptionsContract.assertSize(65_536, TcpFixture.option(peer.wire, ChannelOption.SO_SNDBUF));
            assertEquals(3, TcpFixture.option(peer.wire, ChannelOption.SO_LINGER));
            assertEquals(false, TcpFixture.option(peer.wire, ChannelOption.SO_KEEPALIVE));
            assertEquals(false, TcpFixture.option(peer.wire, ChannelOption.TCP_NODELAY));
        }
    }

    @Test
    void waitsForUnsentBytesOnANamedThread() throws Exception {
        final Accepted<Peer> accepted = new Accepted<>(Peer::new);
        try (ByteChannel stuck = plainSocket(serverLoop.listen(listenAt("&tcp_linger=600"), accepted))) {
            final Peer peer = get(accepted.peer);
            on(serverLoop, () -> {
                peer.send(new byte[tooMuch()]);
                peer.wire.close();
                return null;
            });

            TcpClosingContract.awaitClosing();

            assertNull(get(peer.closed).orElse(null));
            assertTrue(on(serverLoop, serverLoop::inLoop), "the loop goes on");
            assertTrue(stuck.isOpen());
        }
        TcpClosingContract.await(() -> !isAlive(TcpClosingContract.CLOSER));
        assertFalse(isAlive("globalEventExecutor"));
    }

    @Test
    void resetsTheConnectionWhenItAborts() throws Exception {
        final Accepted<Peer> accepted = new Accepted<>(Peer::new);
        try (ByteChannel stuck = plainSocket(serverLoop.listen(listenAt(), accepted))) {
            final Peer peer = get(accepted.peer);
            on(serverLoop, () -> {
                peer.send(new byte[tooMuch()]);
                peer.wire.abort();
                return null;
            });

            assertNull(get(peer.closed).orElse(null));
            final ByteBuffer read = ByteBuffer.allocate(tooMuch() + 1);
            assertThrows(IOException.class, () -> {
                while (stuck.read(read) >= 0) {}
            });
        }
    }

    /** A blocking socket as a channel. */
    private static final class TlsSocket implements ByteChannel {
        private final SSLSocket socket;
        private final InputStream in;
        private final OutputStream out;

        TlsSocket(SSLSocket socket) throws IOException {
            this.socket = socket;
            in = socket.getInputStream();
            out = socket.getOutputStream();
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            final int read = in.read(into.array(), into.position(), into.remaining());
            into.position(into.position() + Math.max(0, read));
            return read;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            final int length = from.remaining();
            out.write(from.array(), from.position(), length);
            from.position(from.limit());
            return length;
        }

        @Override
        public boolean isOpen() {
            return !socket.isClosed();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
