package io.tautwire.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.server.internal.broker.Peer;
import io.tautwire.transport.connection.ConnectionString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServerTest {
    private static final String LOOPBACK = "tcp://127.0.0.1:0";

    @Test
    void listensAtAllAddressesAndDeliversBetweenThem(@TempDir Path directory) throws IOException {
        final String unix = "unix:///?path=" + directory.resolve("s.sock");
        try (Server server = Server.builder().listen(LOOPBACK).listen(unix).start()) {
            assertTrue(server.listeners().get(0).port() > 0);
            assertTrue(server.listeners()
                    .get(0)
                    .uri()
                    .toString()
                    .contains(":" + server.listeners().get(0).port()));
            assertTrue(server.listeners().get(1).isLocal());
            try (SocketPeer reader = logon(server, 1, "reader", 1);
                    SocketPeer publisher = logon(server, 0, "publisher", 2)) {
                reader.peer.subscribe(1, "trades/#");
                reader.send().await("SubscribeReply 1 at 0");
                for (int i = 1; i <= 1000; i++) {
                    publisher.peer.publish("trades/BTCUSD", "" + i);
                }
                publisher.send();
                publisher.awaitThat(
                        () -> publisher.peer.got.lines.stream().anyMatch(l -> l.endsWith("-1000 OK")), "acks");
                reader.awaitThat(() -> reader.peer.got.delivered.size() == 1000, "deliveries");
                assertEquals("1000", reader.peer.bodies(1).get(999));
                assertEquals(1000, server.counters().appended());
                assertEquals(2, server.counters().sessions());
                final List<SessionView> sessions = server.sessions();
                assertEquals("reader", sessions.get(0).clientName());
                assertEquals(1, sessions.get(0).subscriptions());
                assertEquals(1000, sessions.get(1).lastSequence());
            }
        }
    }

    @Test
    void feedsAReaderThatIsBehindWheneverItHasCreditAndReads() throws IOException {
        final int count = 20_000;
        final ServerLimits limits = ServerLimits.defaults()
                .change()
                .maxFrame(64 << 10)
                .outputBytes(128 << 10)
                .done();
        try (Server server = Server.builder().listen(LOOPBACK).limits(limits).start();
                SocketPeer reader = logon(server, 0, "reader", 1);
                SocketPeer publisher = logon(server, 0, "publisher", 2)) {
            reader.peer.subscribe(1, "#", 1);
            reader.send().await("SubscribeReply 1 at 0");
            for (int i = 1; i <= count; i++) {
                publisher.peer.publish("t", i + "-" + "x".repeat(1000));
                if (i % 100 == 0) {
                    publisher.send();
                }
            }
            publisher.awaitThat(() -> server.counters().appended() == count, "appended");
            reader.peer.credit(1, Long.MAX_VALUE);
            reader.send();
            reader.awaitThat(() -> reader.peer.got.delivered.size() == count, "deliveries");
            for (int i = 0; i < count; i++) {
                assertEquals(i + 1, reader.peer.got.delivered.get(i).sequence());
            }
            assertEquals(0, server.counters().gaps());
        }
    }

    @Test
    void closingSaysGoodbyeAndFreesTheAddress() throws IOException {
        final Server server = Server.builder().listen(LOOPBACK).start();
        final int port = server.listeners().get(0).port();
        try (SocketPeer peer = logon(server, 0, "a", 1)) {
            server.close();
            peer.await("Goodbye SERVER_CLOSING").awaitEnd();
        }
        server.close();
        try (Server next = Server.builder().listen("tcp://127.0.0.1:" + port).start()) {
            assertEquals(port, next.listeners().get(0).port());
        }
        assertThrows(TautwireException.class, server::sessions);
    }

    @Test
    void closingIsBoundedWhateverClientsDo() throws IOException {
        final Server server = Server.builder().listen(LOOPBACK).start();
        try (SocketPeer deaf = logon(server, 0, "deaf", 1);
                SocketPeer publisher = logon(server, 0, "publisher", 2)) {
            deaf.peer.subscribe(1, "#");
            deaf.send().await("SubscribeReply 1 at 0");
            for (int i = 0; i < 200; i++) {
                publisher.peer.publish("t", "x".repeat(100_000));
                publisher.send();
            }
            publisher.awaitThat(() -> server.counters().outputWaits() > 0, "a full output");
            final long beginNs = System.nanoTime();
            server.close();
            assertTrue(System.nanoTime() - beginNs < Duration.ofSeconds(15).toNanos());
        }
    }

    @Test
    void aListenerNamesTheStringThatAClientConnectsTo() {
        try (Server server = Server.builder()
                .listen("tcp://127.0.0.1:0/tautwire/json,fix?tcp_nodelay=false")
                .listen("tcp://[::1]:0/tautwire/json")
                .start()) {
            final List<ServerListener> listeners = server.listeners();
            assertEquals(
                    ConnectionString.parse("tcp://127.0.0.1:" + listeners.get(0).port() + "/?tcp_nodelay=false"),
                    listeners.get(0).uri());
            assertEquals(
                    ConnectionString.parse("tcp://[::1]:" + listeners.get(1).port() + "/tautwire/json"),
                    listeners.get(1).uri());
        }
    }

    @Test
    void reportsAllFaultsTogether() {
        final TautwireException refusal = assertThrows(TautwireException.class, () -> Server.builder()
                .listen("tcp://127.0.0.1:0?nonsense=1")
                .listen("udp://x")
                .listen("tcp://127.0.0.1:0/tautwire?max_frame=2MiB")
                .limits(ServerLimits.defaults()
                        .change()
                        .maxSessions(0)
                        .outputBytes(10)
                        .done())
                .journalBytes(5)
                .start());
        assertEquals(Code.CONFIGURATION_INVALID, refusal.code());
        for (final String fault :
                List.of("nonsense", "udp", "max_frame", "maxSessions=0", "outputBytes=10", "journalBytes=5")) {
            assertTrue(refusal.getMessage().contains(fault), fault + " in " + refusal.getMessage());
        }
        final TautwireException nothing =
                assertThrows(TautwireException.class, () -> Server.builder().start());
        assertTrue(nothing.getMessage().contains("listen is missing"));
    }

    @Test
    void anAddressInUseIsReportedAndNothingStaysOpen() {
        try (Server server = Server.builder().listen(LOOPBACK).start()) {
            final String taken = server.listeners().get(0).uri().toString();
            final TautwireException refusal = assertThrows(
                    TautwireException.class,
                    () -> Server.builder().listen(LOOPBACK).listen(taken).start());
            assertEquals(Code.CONNECT_FAILED, refusal.code());
        }
    }

    @Test
    void verifiesPasswordsAndNeverShowsThem() throws IOException {
        final ServerAuthenticator passwords = ServerAuthenticator.passwords(Map.of("alice", "s3cret"));
        assertFalse(passwords.toString().contains("s3cret"));
        try (Server server = Server.builder()
                .listen(LOOPBACK)
                .authenticator(passwords)
                .plainPasswords(true)
                .start()) {
            connect(server, user(new Peer("a", 1), "alice", "s3cret")).await("LogonReply last=0 user=alice type=");
            for (final String[] wrong : new String[][] {{"alice", "S3cret"}, {"bob", "s3cret"}, {"", ""}}) {
                final SocketPeer refused = connect(server, user(new Peer("b", 2), wrong[0], wrong[1]));
                refused.await("Reject 10 0 AUTHENTICATION_FAILED").awaitEnd();
                assertFalse(refused.peer.got.reasons.get(0).contains("3cret"));
                refused.close();
            }
            assertEquals(3, server.counters().logonsRefused());
        }
    }

    @Test
    void anAuthenticatorMayChallenge() throws IOException {
        final ServerAuthenticator authenticator = (attempt, verdict) -> {
            if (attempt.number() == 1) {
                verdict.challenge(new byte[] {7});
                verdict.accept("too late");
            } else {
                verdict.accept(attempt.user() + "/verified");
            }
        };
        try (Server server = Server.builder()
                        .listen(LOOPBACK)
                        .authenticator(authenticator)
                        .start();
                SocketPeer peer = connect(server, user(new Peer("a", 1), "alice", ""))) {
            peer.await("LogonChallenge 1");
            peer.peer.logon();
            peer.send().await("LogonReply last=0 user=alice/verified type=");
        }
    }

    @Test
    void anAuthenticatorThatFailsRefusesTheLogon() throws IOException {
        final ServerAuthenticator failing = (attempt, verdict) -> {
            throw new IllegalStateException("directory is down");
        };
        try (Server server =
                        Server.builder().listen(LOOPBACK).authenticator(failing).start();
                SocketPeer peer = connect(server, user(new Peer("a", 1), "alice", "x"))) {
            peer.await("Reject 10 0 AUTHENTICATION_FAILED").awaitEnd();
        }
    }

    @Test
    void anAuthenticatorThatAcceptsWhatIsNoUserRefusesTheLogonAndTheNameStaysFree() throws IOException {
        final ServerAuthenticator odd =
                (attempt, verdict) -> verdict.accept(attempt.user().equals("odd") ? "x".repeat(70_000) : "alice");
        try (Server server =
                        Server.builder().listen(LOOPBACK).authenticator(odd).start();
                SocketPeer first = connect(server, user(new Peer("n", 1), "odd", ""))) {
            first.await("Reject 10 0 AUTHENTICATION_FAILED").awaitEnd();
            try (SocketPeer second = connect(server, user(new Peer("n", 2), "alice", ""))) {
                second.await("LogonReply last=0 user=alice type=");
            }
        }
    }

    @Test
    void closingOnItsOwnThreadIsRefusedAndItCanBeClosedAfterwards() throws IOException {
        final AtomicReference<Server> itself = new AtomicReference<>();
        final AtomicReference<TautwireException> refusal = new AtomicReference<>();
        final AccessPolicy closing = new AccessPolicy() {
            @Override
            public boolean mayPublish(String user, String topic) {
                refusal.set(
                        assertThrows(TautwireException.class, () -> itself.get().close()));
                return true;
            }

            @Override
            public boolean maySubscribe(String user, String pattern) {
                return true;
            }
        };
        final Server server =
                Server.builder().listen(LOOPBACK).accessPolicy(closing).start();
        itself.set(server);
        try (SocketPeer peer = logon(server, 0, "a", 1)) {
            peer.peer.publish("t", "x");
            peer.send().await("Ack 1-1 OK");
            assertEquals(Code.WOULD_DEADLOCK, refusal.get().code());
            server.close();
            peer.await("Goodbye SERVER_CLOSING").awaitEnd();
        }
    }

    @Test
    void anAuthenticatorThatBlocksHoldsUpNobodyElse() throws IOException {
        final CountDownLatch release = new CountDownLatch(1);
        final ServerAuthenticator blocking = (attempt, verdict) -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            verdict.accept(attempt.user());
        };
        final ServerLimits limits = ServerLimits.defaults()
                .change()
                .logonTimeout(Duration.ofMillis(200))
                .done();
        try (Server server = Server.builder()
                        .listen(LOOPBACK)
                        .authenticator(blocking)
                        .allowAnonymous(true)
                        .limits(limits)
                        .start();
                SocketPeer waiting = connect(server, user(new Peer("a", 1), "alice", "x"));
                SocketPeer anonymous = logon(server, 0, "b", 2)) {
            waiting.await("Goodbye LOGON_TIMEOUT").awaitEnd();
            anonymous.peer.publish("t", "x");
            anonymous.send().await("Ack 1-1 OK");
            release.countDown();
        }
    }

    private static Peer user(Peer peer, String user, String password) {
        peer.user = user;
        peer.password = password;
        return peer;
    }

    private static SocketPeer connect(Server server, Peer peer) throws IOException {
        peer.logon();
        return new SocketPeer(server.listeners().get(0), peer).send();
    }

    private static SocketPeer logon(Server server, int listener, String name, long incarnation) throws IOException {
        final Peer peer = new Peer(name, incarnation).logon();
        return new SocketPeer(server.listeners().get(listener), peer).send().await("LogonReply last=0 user= type=");
    }
}
