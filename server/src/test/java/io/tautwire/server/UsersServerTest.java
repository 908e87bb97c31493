package io.tautwire.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.server.internal.broker.Peer;
import io.tautwire.server.internal.users.ScramPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users of a file, over real sockets, with clients that know the protocol's page only. */
@Timeout(60)
class UsersServerTest {
    private static final String NONCE = "fyko+d2lbbFgONRv9qkxdawL";
    private static final String REFUSED = "user or credential refused";

    @TempDir
    Path directory;

    @Test
    void aUserOfTheFileLogsOnByScramOverTcp() throws IOException {
        try (Server server = server(users())) {
            try (SocketPeer alice = scram(server, 0, "alice", "wonderland")) {
                alice.await("LogonReply last=0 user=alice type=");
                assertEquals("alice", server.sessions().get(0).user());
            }
            for (final String[] wrong : new String[][] {{"alice", "wrong"}, {"carol", "wonderland"}}) {
                try (SocketPeer refused = scram(server, 0, wrong[0], wrong[1])) {
                    refused.await("Reject 10 0 AUTHENTICATION_FAILED").awaitEnd();
                }
            }
        }
    }

    @Test
    void aPlainPasswordIsTakenOverAUnixSocketAndOverTcpOnlyIfTheServerWasToldSo() throws IOException {
        try (Server server = server(users())) {
            try (SocketPeer local = plain(server, 1, "alice", "wonderland");
                    SocketPeer scram = scram(server, 1, "bob", "builder")) {
                local.await("LogonReply last=0 user=alice type=");
                scram.await("LogonReply last=0 user=bob type=");
            }
            for (final String user : List.of("alice", "carol", "")) {
                try (SocketPeer exposed = plain(server, 0, user, "wonderland")) {
                    exposed.await("Reject 10 0 AUTHENTICATION_FAILED").awaitEnd();
                    assertTrue(exposed.peer.got.reasons.get(0).contains("--plain-passwords"));
                }
            }
        }
        try (Server server = server(users(), builder -> builder.plainPasswords(true));
                SocketPeer exposed = plain(server, 0, "alice", "wonderland")) {
            exposed.await("LogonReply last=0 user=alice type=");
        }
    }

    @Test
    void refusalsAreTheSameByteByByte() throws IOException {
        try (Server server = server(users())) {
            final List<byte[]> rejects = new ArrayList<>();
            for (final String[] wrong :
                    new String[][] {{"alice", "wrong"}, {"carol", "wrong"}, {"bob", "wonderland"}}) {
                rejects.add(rejectOf(scram(server, 0, wrong[0], wrong[1])));
                rejects.add(rejectOf(plain(server, 1, wrong[0], wrong[1])));
                rejects.add(rejectOf(plain(server, 0, wrong[0], "")));
            }
            rejects.add(rejectOf(plain(server, 0, "", "")));
            rejects.add(rejectOf(plain(server, 1, "", "")));
            rejects.add(rejectOf(plain(server, 1, "", "wonderland")));
            rejects.add(rejectOf(plain(server, 1, "alice", "SCRAM-SHA-256\0nonsense")));
            for (final byte[] reject : rejects) {
                assertTrue(new String(reject, UTF_8).contains(REFUSED));
                assertArrayEquals(rejects.get(0), reject);
            }
            assertEquals(rejects.size(), server.counters().logonsRefused());
        }
    }

    @Test
    void anonymousLogonIsAllowedBesideUsersWhereItIsSaidSo() throws IOException {
        try (Server server = server(users(), builder -> builder.allowAnonymous(true));
                SocketPeer anonymous = plain(server, 0, "", "");
                SocketPeer wrong = plain(server, 0, "alice", "")) {
            anonymous.await("LogonReply last=0 user= type=");
            wrong.await("Reject 10 0 AUTHENTICATION_FAILED").awaitEnd();
        }
    }

    @Test
    void verifiedUsersKeepTheirNamesAndReplaceThemselves() throws IOException {
        try (Server server = server(users());
                SocketPeer first =
                        scram(server, 0, "n", 1, "alice", "wonderland").await("LogonReply last=0 user=alice type=");
                SocketPeer other = scram(server, 0, "n", 2, "bob", "builder")) {
            other.await("Reject 10 0 NAME_IN_USE").awaitEnd();
            try (SocketPeer second = scram(server, 1, "n", 3, "alice", "wonderland")) {
                second.await("LogonReply last=0 user=alice type=");
                first.await("Goodbye SESSION_REPLACED").awaitEnd();
            }
        }
    }

    @Test
    void manyConversationsAtOnceDoNotMeet() throws IOException {
        final ServerAuthenticator users = ServerAuthenticator.passwords(Map.of("alice", "a", "bob", "b"));
        try (Server server = Server.builder()
                .listen("tcp://127.0.0.1:0")
                .authenticator(users)
                .start()) {
            final List<SocketPeer> sockets = new ArrayList<>();
            final List<ScramPeer> peers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                final String user = i % 2 == 0 ? "alice" : "bob";
                final ScramPeer scram = new ScramPeer(user, user.substring(0, 1), NONCE + i);
                peers.add(scram);
                sockets.add(socket(server, 0, "n" + i, i + 1, user, scram.first()));
            }
            for (int i = sockets.size() - 1; i >= 0; i--) {
                sockets.get(i).await("LogonChallenge 1");
                answer(sockets.get(i), peers.get(i).last(challenge(sockets.get(i), 0)));
            }
            for (int i = 0; i < sockets.size(); i++) {
                sockets.get(i).await("LogonChallenge 2");
                assertTrue(peers.get(i).isServer(challenge(sockets.get(i), 1)));
                answer(sockets.get(i), new byte[0]);
                sockets.get(i).await("LogonReply last=0 user=" + (i % 2 == 0 ? "alice" : "bob") + " type=");
                sockets.get(i).close();
            }
        }
    }

    @Test
    void aTokenStandsForItsUser() throws IOException {
        final ServerAuthenticator tokens =
                ServerAuthenticator.bearer(token -> token.equals("t-1") ? Optional.of("alice") : Optional.empty());
        try (Server server = server(tokens)) {
            for (final String[] good : new String[][] {{"", "t-1"}, {"t-1", ""}, {"alice", "t-1"}}) {
                try (SocketPeer peer = plain(server, 1, good[0], good[1])) {
                    peer.await("LogonReply last=0 user=alice type=");
                }
            }
            try (SocketPeer wrong = plain(server, 1, "", "t-2");
                    SocketPeer exposed = plain(server, 0, "", "t-1")) {
                wrong.await("Reject 10 0 AUTHENTICATION_FAILED").awaitEnd();
                exposed.await("Reject 10 0 AUTHENTICATION_FAILED").awaitEnd();
                assertTrue(exposed.peer.got.reasons.get(0).contains("plain tcp"));
            }
        }
    }

    @Test
    void aVerdictMayComeLaterFromAnotherThread() throws IOException {
        final CountDownLatch asked = new CountDownLatch(1);
        final List<Runnable> later = new ArrayList<>();
        final ServerAuthenticator asynchronous = (attempt, verdict) -> {
            later.add(() -> verdict.accept(attempt.user()));
            asked.countDown();
        };
        try (Server server = server(asynchronous);
                SocketPeer peer = plain(server, 1, "alice", "x")) {
            asked.await();
            final Thread other = new Thread(later.get(0));
            other.start();
            peer.await("LogonReply last=0 user=alice type=");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private ServerAuthenticator users() throws IOException {
        final byte[] salt = "sixteen bytes ok".getBytes(UTF_8);
        final Path file = directory.resolve("users");
        Files.write(
                file,
                List.of(
                        "# users",
                        UserLine.of("alice", "wonderland".toCharArray(), salt, 4096)
                                .text(),
                        UserLine.of("bob", "builder".toCharArray(), salt, 4096).text()));
        return ServerAuthenticator.users(file);
    }

    private Server server(ServerAuthenticator authenticator) {
        return server(authenticator, builder -> builder);
    }

    private Server server(ServerAuthenticator authenticator, UnaryOperator<ServerBuilder> more) {
        return more.apply(Server.builder()
                        .listen("tcp://127.0.0.1:0")
                        .listen("unix:///?path=" + directory.resolve("s"))
                        .authenticator(authenticator))
                .start();
    }

    private static byte[] rejectOf(SocketPeer refused) throws IOException {
        try (refused) {
            refused.await("Reject 10 0 AUTHENTICATION_FAILED").awaitEnd();
            return refused.peer.got.reject;
        }
    }

    private static SocketPeer plain(Server server, int listener, String user, String password) throws IOException {
        return socket(server, listener, user + "-" + password.hashCode(), 1, user, password.getBytes(UTF_8));
    }

    private static SocketPeer scram(Server server, int listener, String user, String password) throws IOException {
        return scram(server, listener, "c-" + user, 1, user, password);
    }

    /** Goes through the conversation as far as the server lets it. */
    private static SocketPeer scram(
            Server server, int listener, String name, long incarnation, String user, String password)
            throws IOException {
        final ScramPeer scram = new ScramPeer(user, password, NONCE);
        final SocketPeer peer = socket(server, listener, name, incarnation, user, scram.first());
        peer.await("LogonChallenge 1");
        answer(peer, scram.last(challenge(peer, 0)));
        peer.awaitThat(() -> peer.peer.got.lines.size() >= 2, "a verdict");
        if (peer.peer.got.challenges.size() == 2) {
            assertTrue(scram.isServer(challenge(peer, 1)));
            answer(peer, new byte[0]);
        }
        return peer;
    }

    private static SocketPeer socket(
            Server server, int listener, String name, long incarnation, String user, byte[] credential)
            throws IOException {
        final Peer peer = new Peer(name, incarnation);
        peer.user = user;
        peer.credential = credential;
        peer.logon();
        return new SocketPeer(server.listeners().get(listener), peer).send();
    }

    private static void answer(SocketPeer peer, byte[] credential) throws IOException {
        peer.peer.credential = credential;
        peer.peer.logon();
        peer.send();
    }

    private static String challenge(SocketPeer peer, int index) {
        return new String(peer.peer.got.challenges.get(index), UTF_8);
    }
}
