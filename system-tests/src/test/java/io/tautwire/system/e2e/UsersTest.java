package io.tautwire.system.e2e;

import static io.tautwire.system.e2e.Codes.assertCode;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.client.Authenticator;
import io.tautwire.client.Client;
import io.tautwire.client.FlushResult;
import io.tautwire.codec.ScramCredential;
import io.tautwire.codec.sbe.Code;
import io.tautwire.server.LogonAttempt;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.UserLine;
import io.tautwire.server.Verdict;
import io.tautwire.transport.connection.ConnectionOption;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.Scheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users with passwords and tokens, the real client against the real server: who gets in, and what crosses the wire. */
@Timeout(90)
final class UsersTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PASSWORD = "sesame-7342";
    private static final Carrier UNIX = new Carrier("unix", "auto");

    @Test
    void overPlainTcpThePasswordNeverCrosses() throws Exception {
        final var users = ServerAuthenticator.passwords(Map.of("alice", PASSWORD));
        try (TestServer server = TestServer.start(builder -> builder.authenticator(users));
                TestProxy proxy = new TestProxy(server.port(), 1).records()) {
            final String uri = proxy.uri().replace("tcp://", "tcp://alice:" + PASSWORD + "@");
            try (Client client = Client.connect(uri, "pricer-1")) {
                client.publish("a", "");
                assertEquals(new FlushResult(1, 1, 0), client.publishFlush(SOON));
                assertEquals("alice", server.server().sessions().get(0).user());
            }
            assertCode(Code.AUTHENTICATION_FAILED, () -> Client.connect(uri.replace("alice", "bob"), "pricer-1"));
            final String crossed = proxy.recorded();
            assertTrue(crossed.contains(ScramCredential.MECHANISM + "\0n,,n=alice,r="), "nothing was recorded");
            assertTrue(crossed.contains(",p="), crossed);
            assertTrue(crossed.contains("v="), crossed);
            assertHidden(PASSWORD, crossed);
        }
    }

    @Test
    void wrongUnknownAndAnonymousAreRefusedAlike() {
        final var users = ServerAuthenticator.passwords(Map.of("alice", PASSWORD));
        final Set<String> words = new HashSet<>();
        try (TestServer server = TestServer.start(builder -> builder.authenticator(users))) {
            for (final String user : new String[] {"alice:wrong", "bob:" + PASSWORD, "", "alice", "bob"}) {
                final TautwireException refused =
                        assertCode(Code.AUTHENTICATION_FAILED, () -> Client.connect(server.uri(user), "pricer-1"));
                words.add(refused.getMessage());
                assertHidden(PASSWORD, refused.toString());
            }
        }
        assertEquals(1, words.size(), words.toString());
    }

    @ParameterizedTest
    @CsvSource({"a=b, p", "'a,b', 'x,y=z'", "пользователь, пароль", "a b, 'a b '", "alice, ☃:/?#@"})
    void namesAndPasswordsMayHoldAnything(String user, String password) {
        final var users = ServerAuthenticator.passwords(Map.of(user, password));
        for (final Carrier carrier : List.of(Carrier.USUAL, UNIX)) {
            try (TestServer server = TestServer.start(carrier, builder -> builder.authenticator(users));
                    Client client = new Client("pricer-1")) {
                client.connect(as(server, user, password)).logon();
                assertEquals(user, server.server().sessions().get(0).user());
            }
        }
    }

    @Test
    void onePasswordMayBeTypedInSeveralWays() {
        final var users = ServerAuthenticator.passwords(Map.of("alice", "caf\u00e9"));
        try (TestServer server = TestServer.start(builder -> builder.authenticator(users));
                Client client = new Client("pricer-1")) {
            client.connect(as(server, "alice", "cafe\u0301")).logon();
            assertEquals("alice", server.server().sessions().get(0).user());
        }
    }

    @Test
    void overAUnixSocketThePasswordIsSent() {
        final List<String> credentials = Collections.synchronizedList(new ArrayList<>());
        final ServerAuthenticator noting = (attempt, verdict) -> {
            credentials.add(attempt.isPlainAccepted() + " " + new String(attempt.credential(), UTF_8));
            verdict.accept(attempt.user());
        };
        try (TestServer server = TestServer.start(UNIX, builder -> builder.authenticator(noting))) {
            Client.connect(server.uri("alice:" + PASSWORD), "pricer-1").close();
        }
        assertEquals(List.of("true " + PASSWORD), credentials);
    }

    @Test
    void aUsersFileServesBothWays(@TempDir Path directory) throws Exception {
        final Path file = directory.resolve("users");
        final UserLine line = UserLine.of("alice", PASSWORD.toCharArray(), "sixteen bytes of".getBytes(UTF_8), 4096);
        Files.writeString(file, "# the one there is\n" + line.text() + "\n");
        for (final Carrier carrier : List.of(Carrier.USUAL, UNIX)) {
            try (TestServer server =
                    TestServer.start(carrier, builder -> builder.authenticator(ServerAuthenticator.users(file)))) {
                Client.connect(server.uri("alice:" + PASSWORD), "pricer-1").close();
                assertCode(Code.AUTHENTICATION_FAILED, () -> Client.connect(server.uri("alice:wrong"), "pricer-1"));
            }
        }
    }

    @Test
    void aPlainPasswordOverTcpIsTakenOnlyWhereTheServerWasToldTo() {
        final var users = ServerAuthenticator.passwords(Map.of("alice", PASSWORD));
        try (TestServer server = TestServer.start(builder -> builder.authenticator(users));
                Client client = new Client("pricer-1")) {
            client.connect(server.uri("alice:" + PASSWORD));
            final TautwireException refused = assertCode(Code.AUTHENTICATION_FAILED, () -> client.logon(new Plain()));
            assertTrue(refused.getMessage().contains("--plain-passwords"), refused.getMessage());
        }
        try (TestServer server =
                        TestServer.start(builder -> builder.authenticator(users).plainPasswords(true));
                Client client = new Client("pricer-1")) {
            client.connect(server.uri("alice:" + PASSWORD)).logon(new Plain());
            client.disconnect();
            client.connect(server.uri("alice:" + PASSWORD)).logon();
            assertEquals("alice", server.server().sessions().get(0).user());
        }
    }

    @Test
    void aTokenIsAskedForAtEachLogonAndNeverForPlainTcp() {
        final AtomicInteger asked = new AtomicInteger();
        final Authenticator bearer = Authenticator.bearer(() -> "token-" + asked.incrementAndGet());
        final ServerAuthenticator tokens = ServerAuthenticator.bearer(
                token -> token.startsWith("token-") ? Optional.of("user-of-" + token) : Optional.empty());
        try (TestServer server = TestServer.start(UNIX, builder -> builder.authenticator(tokens));
                Client client = new Client("pricer-1")) {
            for (int i = 1; i <= 2; i++) {
                client.connect(server.uri()).logon(bearer);
                assertEquals(
                        "user-of-token-" + i, server.server().sessions().get(0).user());
                client.disconnect();
                Await.until("the session is gone", () -> server.counters().sessions() == 0);
            }
            client.connect(server.uri());
            assertCode(Code.AUTHENTICATION_FAILED, () -> client.logon(Authenticator.bearer(() -> "stolen")));
        }
        try (TestServer server = TestServer.start(builder -> builder.authenticator(tokens));
                Client client = new Client("pricer-1")) {
            client.connect(server.uri());
            final TautwireException refused = assertCode(Code.AUTHENTICATION_FAILED, () -> client.logon(bearer));
            assertTrue(refused.getMessage().contains("tcps or unix"), refused.getMessage());
            assertEquals(2, asked.get());
        }
    }

    @ParameterizedTest
    @CsvSource({"true, does not know", "false, without proof"})
    void aServerThatDoesNotKnowThePasswordGetsNoMessage(boolean pretends, String words) {
        try (TestServer server = TestServer.start(builder -> builder.authenticator(new Impostor(pretends)));
                Client client = new Client("pricer-1")) {
            client.publish("a", "for the real one");
            client.connect(server.uri("alice:" + PASSWORD));
            final TautwireException refused = assertCode(Code.AUTHENTICATION_FAILED, client::logon);
            assertTrue(refused.getMessage().contains(words), refused.getMessage());
            assertEquals(0, server.counters().appended());
            assertEquals(1, client.outstanding());
        }
    }

    @Test
    void aServerThatVerifiesNobodyIsAcceptedOnThisMachine() {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = Client.connect(server.uri("alice:" + PASSWORD), "pricer-1")) {
            client.publish("a", "");
            assertEquals(1, client.publishFlush(SOON).acknowledged());
        }
    }

    private static ConnectionString as(TestServer server, String user, String password) {
        final ConnectionString open = ConnectionString.parse(server.uri());
        final var builder = ConnectionString.builder(open.scheme()).user(user).password(password);
        return (open.scheme() == Scheme.UNIX
                        ? builder.option(ConnectionOption.PATH, open.path())
                        : builder.host("127.0.0.1", server.port()))
                .build();
    }

    /** Neither the text nor its Base64, whatever it begins behind. */
    private static void assertHidden(String secret, String text) {
        assertFalse(text.contains(secret), text);
        final byte[] bytes = secret.getBytes(ISO_8859_1);
        for (int skipped = 0; skipped < 3; skipped++) {
            final byte[] aligned = new byte[(bytes.length - skipped) / 3 * 3];
            System.arraycopy(bytes, skipped, aligned, 0, aligned.length);
            assertFalse(text.contains(Base64.getEncoder().encodeToString(aligned)), text);
        }
    }

    /** Sends the password whatever carries it. */
    private static final class Plain implements Authenticator {
        @Override
        public byte[] authenticate(String user, String password) {
            return password.getBytes(UTF_8);
        }

        @Override
        public byte[] retry(String user, String password, byte[] challenge) {
            throw new AssertionError("nothing is to be challenged");
        }
    }

    /** Lets everybody in: after a proof that is none, or without. */
    private record Impostor(boolean pretends) implements ServerAuthenticator {
        @Override
        public void authenticate(LogonAttempt attempt, Verdict verdict) {
            final String said = new String(attempt.credential(), UTF_8);
            if (attempt.number() == 1) {
                final String nonce = said.substring(said.indexOf(",r=") + 3);
                verdict.challenge(("r=" + nonce + "more,s=c2l4dGVlbiBieXRlcw==,i=4096").getBytes(UTF_8));
            } else if (attempt.number() == 2 && pretends) {
                verdict.challenge(("v=" + Base64.getEncoder().encodeToString(new byte[32])).getBytes(UTF_8));
            } else {
                verdict.accept("alice");
            }
        }
    }
}
