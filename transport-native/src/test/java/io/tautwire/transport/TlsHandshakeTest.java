package io.tautwire.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufUtil;
import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.internal.tls.Tls;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Versions, wrong words, cut connections: what happens between the sockets, against peers that are not ours. */
class TlsHandshakeTest extends TlsFixture {
    private static final byte[] PLAIN = new byte[64];
    private static final byte[] UNEXPECTED_MESSAGE = {21, 3, 3, 0, 2, 2, 10};
    private static final byte[] PROTOCOL_VERSION = {21, 3, 3, 0, 2, 2, 70};
    private static final String[] VERSIONS = {"TLSv1.2", "TLSv1.3"};

    private final Accepted<Peer> accepted = new Accepted<>(Peer::new);

    @ParameterizedTest
    @MethodSource("providers")
    void acceptsTls12AndTls13(String provider) throws Exception {
        final Listener at = serverLoop.listen(listenAt(server, provider, ""), (wire, from) -> new Peer.Echo(wire));
        for (final String version : VERSIONS) {
            try (SSLSocket socket = JdkTls.connect(authority.file(), at.port(), version)) {
                assertEquals(version, socket.getSession().getProtocol());
                socket.getOutputStream().write(7);
                assertEquals(7, socket.getInputStream().read());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void connectsWithTls12AndTls13(String provider) throws Exception {
        for (final String version : VERSIONS) {
            try (SSLServerSocket listening = JdkTls.listen(server, version)) {
                final CompletableFuture<Peer> connected = new CompletableFuture<>();
                final String at = "localhost:" + listening.getLocalPort();
                clientLoop.connect(target(at, provider, trusting(authority)), handler(connected, Peer::new));
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                    socket.startHandshake();
                    assertEquals(version, socket.getSession().getProtocol());
                    final Peer client = get(connected);
                    final CompletableFuture<byte[]> arrived = on(clientLoop, () -> client.await(1));
                    socket.getOutputStream().write(7);
                    assertArrayEquals(new byte[] {7}, get(arrived));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void saysThatAClientIsTooOld(String provider) throws Exception {
        final Listener at = serverLoop.listen(listenAt(server, provider, ""), accepted);
        try (Socket old = socket(at)) {
            old.getOutputStream().write(helloOfTls11());

            assertArrayEquals(
                    PROTOCOL_VERSION, ofAnyVersion(old.getInputStream().readNBytes(7)));
            assertEquals(-1, old.getInputStream().read());
        }
        assertTlsFailed(get(accepted.refused), "no TLS version in common", "TLS 1.2 and 1.3");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void saysThatAServerIsTooOld(String provider) throws Exception {
        assertTlsFailed(failureOfAnswer(provider, PROTOCOL_VERSION), "nothing in common", "TLS 1.2 and 1.3");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void saysThatAServerSpeaksPlainly(String provider) throws Exception {
        assertTlsFailed(failureOfAnswer(provider, PLAIN), "plain bytes", "tcp://");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void saysThatAServerHungUp(String provider) throws Exception {
        assertTlsFailed(failureOfAnswer(provider, new byte[0]), "ended the connection during the TLS handshake");
    }

    private TautwireException failureOfAnswer(String provider, byte[] answer) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            final CompletableFuture<Peer> connected = new CompletableFuture<>();
            final String at = "127.0.0.1:" + listening.getLocalPort();
            clientLoop.connect(target(at, provider, trusting(authority)), handler(connected, Peer::new));
            try (Socket socket = listening.accept()) {
                final byte[] hello = socket.getInputStream().readNBytes(5);
                socket.getInputStream().readNBytes((hello[3] & 0xFF) << 8 | hello[4] & 0xFF);
                socket.getOutputStream().write(answer);
            }
            return assertInstanceOf(
                    TautwireException.class,
                    connected.handle((peer, thrown) -> thrown).get(20, java.util.concurrent.TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void closesItsLoopWhileAFailedHandshakeWaitsForThePeer(String provider) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            final CompletableFuture<Peer> connected = new CompletableFuture<>();
            final String at = "127.0.0.1:" + listening.getLocalPort();
            clientLoop.connect(target(at, provider, trusting(authority)), handler(connected, Peer::new));
            try (Socket socket = listening.accept()) {
                socket.getOutputStream().write(PROTOCOL_VERSION);
                assertThrows(ExecutionException.class, () -> get(connected));
                clientLoop.close();
            }
        }
        assertEquals(0, Tls.buffersInUse());
        assertFalse(isAlive("globalEventExecutor"));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void tellsAClientThatSpeaksPlainlyByAnAlert(String provider) throws Exception {
        final Listener at = serverLoop.listen(listenAt(server, provider, ""), accepted);
        try (Socket plain = socket(at)) {
            plain.getOutputStream().write(PLAIN);

            assertArrayEquals(UNEXPECTED_MESSAGE, plain.getInputStream().readNBytes(7));
            assertEquals(-1, plain.getInputStream().read());
        }
        assertTlsFailed(get(accepted.refused), "peer=127.0.0.1:", "plain bytes", "tcps://");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void keepsNothingOfWhatCameInPlain(String provider) throws Exception {
        final byte[] token = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        final Listener at = serverLoop.listen(listenAt(server, provider, ""), accepted);
        try (Socket plain = socket(at)) {
            plain.getOutputStream().write(token);

            final StringWriter all = new StringWriter();
            get(accepted.refused).printStackTrace(new PrintWriter(all));
            assertTrue(all.toString().contains("plain bytes"), all.toString());
            assertFalse(all.toString().contains(ByteBufUtil.hexDump(token)), all.toString());
        }
    }

    @Test
    void refusesWhoeverComesWhileTooManyHandshakesAreUnderWay() throws Exception {
        final Listener at = serverLoop.listen(listenAt(), accepted);
        final List<Socket> mute = new ArrayList<>();
        try {
            for (int i = 0; i < Handshakes.MOST; i++) {
                mute.add(socket(at));
            }
            try (Socket oneMore = socket(at)) {
                assertEquals(-1, oneMore.getInputStream().read());
            }
            assertEquals(Code.LIMIT_REACHED, get(accepted.refused).code());
            assertFalse(accepted.peer.isDone(), "it must not reach the acceptor");
        } finally {
            for (final Socket each : mute) {
                each.close();
            }
        }
    }

    @Test
    void isSilentAboutWhoeverOnlyTriesThePort() throws Exception {
        final Listener at = serverLoop.listen(listenAt(), accepted);
        socket(at).close();
        try (Socket plain = socket(at)) {
            plain.getOutputStream().write(PLAIN);
            assertTrue(get(accepted.refused).getMessage().contains("plain bytes"));
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void knowsACutConnectionFromOneThatEndedInOrder(String provider) throws Exception {
        final Listener at = serverLoop.listen(listenAt(server, provider, ""), accepted);
        try (Socket cut = socket(at)) {
            JdkTls.over(cut, authority.file());
            final Peer peer = get(accepted.peer);
            cut.shutdownOutput();
            final Throwable cause = get(peer.closed).orElseThrow();
            assertInstanceOf(SSLException.class, cause);
            assertTrue(cause.getMessage().contains("without close_notify"), cause.getMessage());
        }
        accepted.next(Peer::new);
        JdkTls.connect(authority.file(), at.port()).close();
        assertNull(get(get(accepted.peer).closed).orElse(null));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void endsByCloseNotify(String provider) throws Exception {
        final byte[] goodbye = randomBytes(1000);
        final Listener at = serverLoop.listen(listenAt(server, provider, ""), accepted);
        for (final String version : VERSIONS) {
            accepted.next(Peer::new);
            try (SSLSocket socket = JdkTls.connect(authority.file(), at.port(), version)) {
                final Peer peer = get(accepted.peer);
                serverLoop.execute(() -> {
                    peer.send(goodbye);
                    peer.wire.close();
                });

                assertArrayEquals(goodbye, socket.getInputStream().readNBytes(goodbye.length));
                assertEquals(-1, socket.getInputStream().read(), "an end without close_notify is an exception");
                assertNull(get(peer.closed).orElse(null));
            }
        }
    }

    @Test
    void goesOnToTheNextHost() throws Exception {
        final Listener bad = serverLoop.listen(listenAt(stranger.server(), "auto", ""), accepted);
        final Listener good = serverLoop.listen(listenAt(), accepted);
        final int nobody = TcpEndpoints.freePort();
        final String hosts = "127.0.0.1:" + bad.port() + ",127.0.0.1:" + nobody;

        final Peer client =
                connect(target(hosts + ",127.0.0.1:" + good.port(), "auto", trusting(authority)), Peer::new);
        assertEquals("127.0.0.1:" + good.port(), client.wire.peer());

        assertTlsFailed(
                failureOf(target(hosts, "auto", trusting(authority))),
                "127.0.0.1:" + bad.port() + " (the certificate of CN=localhost",
                "127.0.0.1:" + nobody + " (Connection refused)");
        final TautwireException other =
                failureOf(target("127.0.0.1:" + nobody + ",127.0.0.1:" + bad.port(), "auto", trusting(authority)));
        assertEquals(Code.CONNECT_FAILED, other.code());
        assertTrue(other.getMessage().contains("(the certificate of CN=localhost"), other.getMessage());
    }

    @Test
    void boundsTheHandshakeByTheConnectTimeout() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            final TautwireException failure = failureOf(
                    target("127.0.0.1:" + mute.getLocalPort(), "auto", trusting(authority) + "&connect_timeout=100ms"));
            assertEquals(Code.CONNECT_FAILED, failure.code());
            assertTrue(failure.getMessage().contains("no end of the TLS handshake"), failure.getMessage());
            assertTrue(failure.getMessage().contains("connect_timeout=100ms"), failure.getMessage());
        }
    }

    @Test
    void boundsTheHandshakeOfAClientThatBeginsAndSaysNoMore() throws Exception {
        final Listener at = serverLoop.listen(listenAt(), accepted);
        try (Socket slow = socket(at)) {
            slow.getOutputStream().write(helloOfTls11(), 0, 10);

            assertEquals(-1, slow.getInputStream().read());
        }
        assertTlsFailed(get(accepted.refused), "took too long");
    }

    @Test
    void closesItsLoopInTheMiddleOfAHandshake() throws Exception {
        final Listener at = serverLoop.listen(listenAt(), accepted);
        try (Socket slow = socket(at)) {
            slow.getOutputStream().write(helloOfTls11(), 0, 10);
            try (Socket second = socket(at)) {
                second.getOutputStream().write(PLAIN);
                second.getInputStream().readAllBytes(); // so the first one is being served
            }

            serverLoop.close();

            assertFalse(isAlive("test-server"));
            assertEquals(-1, slow.getInputStream().read());
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void sendsNothingInPlain(String client, String listener) throws Exception {
        final byte[] secret = randomBytes(64);
        final Listener at = serverLoop.listen(listenAt(server, listener, ""), (wire, from) -> new Peer.Echo(wire));
        try (Tap tap = new Tap(at.port())) {
            final Peer peer = connect(target("127.0.0.1:" + tap.port(), client, trusting(authority)), Peer::new);
            final CompletableFuture<byte[]> echoed = on(clientLoop, () -> peer.await(secret.length));
            clientLoop.execute(() -> peer.send(secret));

            assertArrayEquals(secret, get(echoed));
            assertFalse(tap.saw(secret));
            assertTrue(tap.bytes() > 2 * secret.length);
        }
    }

    private static Socket socket(Listener at) throws IOException {
        final Socket socket = new Socket(InetAddress.getLoopbackAddress(), at.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** RFC 4346, section 7.4.1.2: a version, 32 random bytes, no session, one cipher suite, no compression. */
    private static byte[] helloOfTls11() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        final int body = 2 + 32 + 1 + 2 + 2 + 1 + 1;
        out.write(new byte[] {22, 3, 1});
        out.writeShort(4 + body);
        out.writeInt(1 << 24 | body);
        out.writeShort(0x0302);
        out.write(new byte[32]);
        out.write(new byte[] {0, 0, 2, (byte) 0xC0, 0x13, 1, 0});
        return bytes.toByteArray();
    }

    /** An alert with the version of its record made that of TLS 1.2. */
    private static byte[] ofAnyVersion(byte[] alert) {
        alert[2] = 3;
        return alert;
    }
}
