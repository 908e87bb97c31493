package io.tautwire.system.e2e;

import static io.tautwire.system.e2e.Codes.assertCode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.client.Authenticator;
import io.tautwire.client.Client;
import io.tautwire.client.FlushResult;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.server.LogonAttempt;
import io.tautwire.server.Server;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.ServerLimits;
import io.tautwire.server.SessionView;
import io.tautwire.server.Verdict;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Connecting and logging on: who gets in, who does not, and what they are told. */
@Timeout(60)
final class LogonTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PASSWORD = "sesame-7342";

    private static List<Carrier> carriers() {
        return Carrier.all();
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void aLogonTellsWhatHolds(Carrier carrier) {
        try (TestServer server = TestServer.start(carrier);
                Client client = Client.connect(server.uri("alice"), "pricer-1")) {
            assertEquals(AckLevel.RECEIVED, client.ackLevel());
            assertEquals("", client.messageType());
            assertTrue(carrier.io().equals("auto") || carrier.io().equals(client.io()), client.io());
            assertEquals(client.io(), server.server().io());
            final SessionView session = server.server().sessions().get(0);
            assertEquals("pricer-1", session.clientName());
            assertEquals("alice", session.user());
        }
    }

    @Test
    void whereNobodyListensTheSystemsExceptionIsKept(@TempDir Path directory) throws IOException {
        final int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (Client client = new Client("pricer-1")) {
            final TautwireException refused = assertCode(
                    Code.CONNECT_FAILED, () -> client.connect("tcp://alice:" + PASSWORD + "@127.0.0.1:" + port));
            assertInstanceOf(IOException.class, rootOf(refused));
            assertTrue(refused.getMessage().contains("127.0.0.1:" + port), refused.getMessage());
            assertTellsNoPassword(refused);
            final TautwireException noFile = assertCode(
                    Code.CONNECT_FAILED, () -> client.connect("unix:///?path=" + directory.resolve("none.sock")));
            assertInstanceOf(IOException.class, rootOf(noFile));
        }
    }

    @Test
    void theNextHostIsTriedWhenOneDoesNotAnswer() throws IOException {
        final int dead;
        try (ServerSocket free = new ServerSocket(0)) {
            dead = free.getLocalPort();
        }
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = Client.connect("tcp://127.0.0.1:" + dead + ",127.0.0.1:" + server.port(), "a")) {
            client.publish("a", "");
            assertEquals(1, client.publishFlush(SOON).acknowledged());
        }
    }

    @Test
    void anotherProtocolIsRefusedBeforeConnecting() {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = new Client("pricer-1")) {
            final TautwireException refused = assertCode(
                    Code.CONFIGURATION_INVALID,
                    () -> client.connect("tcp://127.0.0.1:" + server.port() + "/amps/json"));
            assertTrue(refused.getMessage().contains("amps"), refused.getMessage());
            assertTrue(refused.getMessage().contains("tautwire"), refused.getMessage());
            assertEquals(0, server.counters().sessions());
        }
    }

    @ParameterizedTest
    @CsvSource({"json, '', json", "json, /tautwire/json, json", "'json,fix', /tautwire/fix, fix"})
    void aListenersMessageTypesAreSettled(String listener, String requested, String settled) {
        try (TestServer server = TestServer.ofTypes(listener);
                Client client = Client.connect("tcp://127.0.0.1:" + server.port() + requested, "a")) {
            assertEquals(settled, client.messageType());
        }
    }

    @ParameterizedTest
    @CsvSource({"json, /tautwire/fix", "'json,fix', ''", "'json,fix', /tautwire/nvfix"})
    void otherMessageTypesAreRefusedWithAList(String listener, String requested) {
        try (TestServer server = TestServer.ofTypes(listener)) {
            final TautwireException refused = assertCode(
                    Code.MESSAGE_TYPE_REFUSED,
                    () -> Client.connect("tcp://127.0.0.1:" + server.port() + requested, "a"));
            for (final String type : listener.split(",")) {
                assertTrue(refused.getMessage().contains(type), refused.getMessage());
            }
        }
    }

    @Test
    void aListenerWithoutMessageTypesTakesAll() {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = Client.connect("tcp://127.0.0.1:" + server.port() + "/tautwire/anything", "a")) {
            assertEquals("anything", client.messageType());
        }
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void aWrongPasswordIsRefusedAndToldToNobody(Carrier carrier) {
        final var users = ServerAuthenticator.passwords(Map.of("alice", "right-one"));
        try (TestServer server = TestServer.start(carrier, builder -> builder.authenticator(users))) {
            final TautwireException refused = assertCode(
                    Code.AUTHENTICATION_FAILED, () -> Client.connect(server.uri("alice:" + PASSWORD), "pricer-1"));
            assertTellsNoPassword(refused);
            assertTrue(refused.getMessage().contains("user or credential refused"), refused.getMessage());
            assertCode(Code.AUTHENTICATION_FAILED, () -> Client.connect(server.uri("bob:right-one"), "pricer-1"));
            assertCode(Code.AUTHENTICATION_FAILED, () -> Client.connect(server.uri(), "pricer-1"));
            assertEquals(3, server.counters().logonsRefused());
            try (Client client = Client.connect(server.uri("alice:right-one"), "pricer-1")) {
                client.publish("a", "");
                assertEquals(new FlushResult(1, 1, 0), client.publishFlush(SOON));
                assertFalse(client.toString().contains("right-one"));
            }
        }
    }

    @Test
    void aRefusedClientMayTryAgain() {
        final var users = ServerAuthenticator.passwords(Map.of("alice", "right-one"));
        try (TestServer server = TestServer.start(builder -> builder.authenticator(users));
                Client client = new Client("pricer-1")) {
            client.publish("a", "kept");
            client.connect(server.uri("alice:" + PASSWORD));
            assertCode(Code.AUTHENTICATION_FAILED, client::logon);
            client.connect(server.uri("alice:right-one")).logon();
            assertEquals(new FlushResult(1, 1, 0), client.publishFlush(SOON));
        }
    }

    @Test
    void challengesAreAnsweredUntilTheServerIsContent() {
        final Recording recording = new Recording();
        try (TestServer server = TestServer.start(builder -> builder.authenticator(new Challenging()));
                Client client = new Client("pricer-1")) {
            client.connect(server.uri("alice:" + PASSWORD)).logon(recording);
            assertEquals(
                    List.of(
                            "authenticate alice " + PASSWORD,
                            "retry alice nonce-1",
                            "retry alice nonce-2",
                            "completed alice answer to nonce-2"),
                    recording.calls);
            assertEquals("alice", server.server().sessions().get(0).user());
            client.publish("a", "");
            assertEquals(1, client.publishFlush(SOON).acknowledged());
        }
    }

    @Test
    void challengesAreBounded() {
        final ServerAuthenticator never = (attempt, verdict) -> verdict.challenge("again".getBytes(UTF_8));
        final Recording recording = new Recording();
        try (TestServer server = TestServer.start(builder -> builder.authenticator(never));
                Client client = new Client("pricer-1")) {
            client.connect(server.uri("alice:" + PASSWORD));
            final TautwireException refused = assertCode(Code.AUTHENTICATION_FAILED, () -> client.logon(recording));
            assertTellsNoPassword(refused);
            assertEquals(5, recording.calls.size(), recording.calls.toString());
        }
    }

    @Test
    void anAuthenticatorThatFailsLetsNobodyIn() {
        final ServerAuthenticator broken = (attempt, verdict) -> {
            throw new IllegalStateException("the directory is down");
        };
        try (TestServer server = TestServer.start(builder -> builder.authenticator(broken))) {
            final TautwireException refused = assertThrows(
                    TautwireException.class, () -> Client.connect(server.uri("alice:" + PASSWORD), "pricer-1"));
            assertTrue(
                    refused.code() == Code.AUTHENTICATION_FAILED || refused.code() == Code.INTERNAL,
                    refused.getMessage());
            assertFalse(refused.getMessage().contains("directory"), refused.getMessage());
            assertTellsNoPassword(refused);
        }
    }

    @Test
    void anAuthenticatorThatNeverAnswersIsNotWaitedForLongerThanTheLogonMayTake() {
        final ServerLimits limits = ServerLimits.defaults()
                .change()
                .logonTimeout(Duration.ofMillis(100))
                .done();
        try (TestServer server =
                TestServer.start(builder -> builder.limits(limits).authenticator((attempt, verdict) -> {}))) {
            assertCode(Code.LOGON_TIMEOUT, () -> Client.connect(server.uri("alice:" + PASSWORD), "pricer-1"));
            Await.until("the session is gone", () -> server.counters().sessions() == 0);
        }
    }

    @Test
    void namesOfOthersAreInUse() {
        try (TestServer server = TestServer.start(Carrier.USUAL)) {
            try (Client anonymous = Client.connect(server.uri(), "name")) {
                assertCode(Code.NAME_IN_USE, () -> Client.connect(server.uri(), "name"));
                assertCode(Code.NAME_IN_USE, () -> Client.connect(server.uri("alice"), "name"));
                anonymous.publish("a", "");
                assertEquals(1, anonymous.publishFlush(SOON).acknowledged());
            }
            try (Client alice = Client.connect(server.uri("alice"), "name")) {
                assertCode(Code.NAME_IN_USE, () -> Client.connect(server.uri("bob"), "name"));
                assertCode(Code.NAME_IN_USE, () -> Client.connect(server.uri(), "name"));
                alice.publish("a", "");
                assertEquals(1, alice.publishFlush(SOON).acknowledged());
            }
            Client.connect(server.uri("bob"), "name").close();
        }
    }

    @Test
    void sessionsAreLimited() {
        final ServerLimits limits =
                ServerLimits.defaults().change().maxSessions(2).done();
        try (TestServer server = TestServer.start(builder -> builder.limits(limits));
                Client one = server.client("one")) {
            try (Client two = server.client("two")) {
                assertCode(Code.LIMIT_REACHED, () -> server.client("three"));
                two.publish("a", "");
                assertEquals(1, two.publishFlush(SOON).acknowledged());
            }
            Await.until("there is room", () -> server.counters().sessions() == 1);
            server.client("three").close();
            one.publish("a", "");
            assertEquals(1, one.publishFlush(SOON).acknowledged());
        }
    }

    @Test
    void aSocketFileLeftByADeadServerIsNoHindrance(@TempDir Path directory) throws IOException {
        final Path file = directory.resolve("s");
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(file));
        }
        assertTrue(Files.exists(file));
        final String uri = "unix:///?path=" + file;
        try (Server server = Server.builder().listen(uri).start();
                Client client = Client.connect(uri, "a")) {
            client.publish("a", "");
            assertEquals(1, client.publishFlush(SOON).acknowledged());
            final TautwireException taken = assertThrows(
                    TautwireException.class, () -> Server.builder().listen(uri).start());
            assertTrue(taken.getMessage().contains(file.toString()), taken.getMessage());
            Await.until("the living one is left alone", () -> server.counters().sessions() == 1);
        }
        assertFalse(Files.exists(file));
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }

    private static void assertTellsNoPassword(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            assertFalse(String.valueOf(t).contains(PASSWORD), t.toString());
        }
    }

    /** Is content with the answer to its second challenge. */
    private static final class Challenging implements ServerAuthenticator {
        @Override
        public void authenticate(LogonAttempt attempt, Verdict verdict) {
            if (attempt.number() <= 2) {
                verdict.challenge(("nonce-" + attempt.number()).getBytes(UTF_8));
            } else if (new String(attempt.credential(), UTF_8).equals("answer to nonce-2")) {
                verdict.accept(attempt.user());
            } else {
                verdict.refuse("wrong answer");
            }
        }
    }

    /** Remembers what it was asked. */
    private static final class Recording implements Authenticator {
        private final List<String> calls = new ArrayList<>();

        @Override
        public byte[] authenticate(String user, String password) {
            calls.add("authenticate " + user + " " + password);
            return password.getBytes(UTF_8);
        }

        @Override
        public byte[] retry(String user, String password, byte[] challenge) {
            calls.add("retry " + user + " " + new String(challenge, UTF_8));
            return ("answer to " + new String(challenge, UTF_8)).getBytes(UTF_8);
        }

        @Override
        public void completed(String user, byte[] credential, String reason) {
            calls.add("completed " + user + " " + new String(credential, UTF_8));
        }
    }
}
