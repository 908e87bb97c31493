package io.tautwire.transport;

import static io.tautwire.transport.TcpEndpoints.freePort;
import static io.tautwire.transport.TcpEndpoints.tcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.Io;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every option of a TCP socket reaches the system, whatever the mechanism: each is read back from the socket. */
abstract class TcpOptionsContract extends TcpFixture {
    private Peer client;
    private Peer accepted;

    private void connectWith(String options) throws Exception {
        final Accepted<Peer> server = new Accepted<>(Peer::new);
        final Listener listener =
                serverLoop.listen(ConnectionString.parseListener("tcp://127.0.0.1:0" + options), server);
        client = connect(tcp("127.0.0.1:" + listener.port() + options), Peer::new);
        accepted = get(server.peer);
    }

    private <T> void assertBoth(ChannelOption<T> option, T expected) throws Exception {
        assertEquals(expected, option(client.wire, option));
        assertEquals(expected, option(accepted.wire, option));
    }

    @Test
    void appliesItsDefaults() throws Exception {
        connectWith("");

        assertBoth(ChannelOption.TCP_NODELAY, true);
        assertBoth(ChannelOption.SO_KEEPALIVE, true);
        assertBoth(ChannelOption.SO_LINGER, 10);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void appliesTcpNoDelay(boolean value) throws Exception {
        connectWith("?tcp_nodelay=" + value);

        assertBoth(ChannelOption.TCP_NODELAY, value);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void appliesTcpKeepalive(boolean value) throws Exception {
        connectWith("?tcp_keepalive=" + value);

        assertBoth(ChannelOption.SO_KEEPALIVE, value);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3})
    void appliesTcpLinger(int seconds) throws Exception {
        connectWith("?tcp_linger=" + seconds);

        assertBoth(ChannelOption.SO_LINGER, seconds);
    }

    @ParameterizedTest
    @ValueSource(ints = {16_384, 65_536})
    void appliesTheSizesOfBuffers(int bytes) throws Exception {
        connectWith("?tcp_rcvbuf=" + bytes + "&tcp_sndbuf=" + 2 * bytes);

        for (final Peer peer : List.of(client, accepted)) {
            assertSize(bytes, option(peer.wire, ChannelOption.SO_RCVBUF));
            assertSize(2 * bytes, option(peer.wire, ChannelOption.SO_SNDBUF));
        }
    }

    /** Linux takes twice what was asked for, half of it for its own bookkeeping, and the Java runtime halves again. */
    static void assertSize(int asked, int found) {
        assertTrue(found == asked || found == 2 * asked, "asked=" + asked + " found=" + found);
    }

    @Test
    void setsTheReceiveBufferBeforeTheWindowScaleIsSettled() throws Exception {
        assumeTrue(io() == Io.EPOLL, "only this one tells the window scale");
        connectWith("");
        final int usual = windowScale(client);
        assertNotEquals(0, usual);
        assertEquals(usual, windowScale(accepted));

        connectWith("?tcp_rcvbuf=16k");

        assertEquals(0, windowScale(client));
        assertEquals(0, windowScale(accepted));
    }

    private static int windowScale(Peer peer) {
        return ((EpollSocketChannel) channel(peer.wire)).tcpInfo().rcvWscale();
    }

    @Test
    void bindsToAnIpv4Address() throws Exception {
        assertTrue(peerOf("127.0.0.1", "127.0.0.2").startsWith("127.0.0.2:"));
    }

    @Test
    void bindsToAnIpv4AddressAndPort() throws Exception {
        final String bind = "127.0.0.1:" + freePort();

        assertEquals(bind, peerOf("127.0.0.1", bind));
    }

    @Test
    void bindsToAnIpv6Address() throws Exception {
        assumeIpv6();
        assertTrue(peerOf("[::1]", "[::1]").matches("\\[(0:){7}1]:[0-9]+"));
    }

    @Test
    void bindsToAnIpv6AddressAndPort() throws Exception {
        assumeIpv6();
        final int port = freePort();

        assertEquals("[0:0:0:0:0:0:0:1]:" + port, peerOf("[::1]", "[::1]:" + port));
    }

    /** Who connects from there, as a listener at the host sees it. */
    private String peerOf(String host, String bind) throws Exception {
        final Accepted<Peer> server = new Accepted<>(Peer::new);
        final Listener listener = serverLoop.listen(ConnectionString.parseListener("tcp://" + host + ":0"), server);
        client = connect(tcp(host + ":" + listener.port() + "?bind=" + bind), Peer::new);
        return get(server.peer).wire.peer();
    }

    @Test
    void takesTheSamePortAgain() throws Exception {
        final Accepted<Peer> server = new Accepted<>(Peer::new);
        final Listener listener = serverLoop.listen(listenAt(), server);
        final ConnectionString target =
                tcp("127.0.0.1:" + listener.port() + "?bind=127.0.0.1:" + freePort() + "&connect_timeout=10s");
        for (int i = 0; i < 3; i++) {
            final Peer peer = connect(target, Peer::new);
            // Whoever closes first keeps the address busy for a while.
            clientLoop.execute(peer.wire::close);
            get(peer.closed);
            channel(peer.wire).closeFuture().await(20_000);
        }
    }

    @Test
    void saysThatBindIsOfAnotherFamily() throws Exception {
        final int port = freePort();

        final TautwireException ipv4 = failureOf(tcp("[::1]:" + port + "?bind=127.0.0.1"));
        final TautwireException ipv6 = failureOf(tcp("127.0.0.1:" + port + "?bind=[::1]:9100"));

        assertEquals(Code.CONNECT_FAILED, ipv4.code());
        final String expected = "[::1]:" + port + " (it has no IPv4 address, which bind=127.0.0.1 asks for)";
        assertTrue(ipv4.getMessage().contains(expected), ipv4.getMessage());
        assertTrue(ipv6.getMessage().contains("it has no IPv6 address, which bind=[::1]:9100"), ipv6.getMessage());
    }

    @Test
    void saysThatBindIsNoAddressOfThisMachine() throws Exception {
        final int port = freePort();
        // Of a network that is reserved for documentation (RFC 5737).
        final TautwireException failure = failureOf(tcp("127.0.0.1:" + port + "?bind=192.0.2.1"));

        assertEquals(Code.CONNECT_FAILED, failure.code());
        final String expected = "127.0.0.1:" + port + " from bind=192.0.2.1 (Cannot assign requested address)";
        assertTrue(failure.getMessage().contains(expected), failure.getMessage());
        assertTrue(
                failure.getMessage().endsWith("that bind=192.0.2.1 is a free address of this machine"),
                failure.getMessage());
    }

    @Test
    void saysThatTheInterfaceOfBindIsMissing() throws Exception {
        final TautwireException failure = failureOf(tcp("[::1]:" + freePort() + "?bind=[fe80::1%25no-such-0]"));

        assertEquals(Code.CONNECT_FAILED, failure.code());
        assertTrue(failure.getMessage().contains("bind=[fe80::1%no-such-0] cannot be used"), failure.getMessage());
    }

    @Test
    void saysThatThePortOfBindIsTaken() throws Exception {
        final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> new Peer(wire));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final String bind = "bind=127.0.0.1:" + taken.getLocalPort();

            final TautwireException failure = failureOf(tcp("127.0.0.1:" + listener.port() + "?" + bind));

            assertTrue(failure.getMessage().contains(bind + " (Address already in use)"), failure.getMessage());
        }
    }

    @Test
    void triesThePreferredFamilyFirstAndTheOtherAfterIt() throws Exception {
        final int port = freePort();
        withLookup("::1", "127.0.0.3", "127.0.0.2");

        assertOrder("names.test:" + port, port, "127.0.0.3", "127.0.0.2", "[0:0:0:0:0:0:0:1]");
        assertOrder(
                "names.test:" + port + "?ip_protocol_prefer=ipv6", port, "[0:0:0:0:0:0:0:1]", "127.0.0.3", "127.0.0.2");
        assertOrder("127.0.0.1:" + port + ",[::1]:" + port + "?ip_protocol_prefer=ipv6", port, "127.0.0.1", "[::1]");
    }

    @Test
    void connectsOnlyToAddressesOfTheFamilyOfBind() throws Exception {
        final int port = freePort();
        withLookup("::1", "127.0.0.3", "127.0.0.2");

        final String message = assertOrder(
                "names.test:" + port + "?ip_protocol_prefer=ipv6&bind=127.0.0.1", port, "127.0.0.3", "127.0.0.2");

        assertTrue(!message.contains("[0:0"), message);
    }

    @Test
    void connectsToTheOtherFamilyWhenThePreferredOneDoesNotAnswer() throws Exception {
        withLookup("127.0.0.1", "::1");
        final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> new Peer(wire));

        client = connect(tcp("names.test:" + listener.port() + "?ip_protocol_prefer=ipv6"), Peer::new);

        assertEquals("127.0.0.1:" + listener.port(), client.wire.peer());
    }

    private void withLookup(String... addresses) throws IOException {
        clientLoop.close();
        final InetAddress[] found = new InetAddress[addresses.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByName(addresses[i]);
        }
        clientLoop = TransportLoop.start(io(), "test-client", host -> List.of(found));
    }

    /** Nobody listens: the message names the addresses in the order of trying. */
    private String assertOrder(String target, int port, String... addresses) throws Exception {
        final String message = failureOf(tcp(target)).getMessage();
        int at = 0;
        for (final String address : addresses) {
            at = message.indexOf(address + ":" + port, at + 1);
            assertTrue(at > 0, address + " in its turn: " + message);
        }
        return message;
    }

    private static void assumeIpv6() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            assumeTrue(socket.getInetAddress() instanceof Inet6Address);
        } catch (IOException e) {
            assumeTrue(false, "no IPv6 here: " + e);
        }
    }
}
