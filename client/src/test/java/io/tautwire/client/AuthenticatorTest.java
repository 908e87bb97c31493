package io.tautwire.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.Scheme;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AuthenticatorTest {
    private static final byte[] SALT = "sixteen bytes of".getBytes(UTF_8);
    private static final int ITERATIONS = 4096;

    private final ScriptedServer server = new ScriptedServer().silent();
    private final Client client = new Client("pricer");
    private String firstBare;
    private String serverFirst;

    @AfterEach
    void closeAll() {
        client.close();
        server.close();
    }

    @Test
    void overPlainTcpThePasswordIsNotSentAndTheServerProvesThatItKnowsIt() throws Exception {
        final CompletableFuture<Void> logon = logon(Authenticator.password());
        final String signed = challengeByScram();
        server.say(peer -> peer.challenge(proof("secret", signed)));
        assertTrue(server.await("logon ").endsWith(" credential="));
        server.say(peer -> peer.logonReply(0));
        logon.get(20, SECONDS);
    }

    @Test
    void aServerThatDoesNotKnowThePasswordIsRefused() throws Exception {
        final CompletableFuture<Void> logon = logon(Authenticator.password());
        final String signed = challengeByScram();
        server.say(peer -> peer.challenge(proof("guessed", signed)));
        final TautwireException refused = failure(logon);
        assertEquals(Code.AUTHENTICATION_FAILED, refused.code());
        assertTrue(refused.getMessage().contains("does not know this user's password"), refused.getMessage());
        server.await("goodbye AUTHENTICATION_FAILED");
    }

    @Test
    void aServerThatAcceptsBeforeItsProofIsRefusedAndSentNothing() throws Exception {
        client.publish("trades/BTC", "for another server");
        final CompletableFuture<Void> logon = logon(Authenticator.password());
        challengeByScram();
        server.say(peer -> peer.logonReply(0));
        final TautwireException refused = failure(logon);
        assertEquals(Code.AUTHENTICATION_FAILED, refused.code());
        assertTrue(refused.getMessage().contains("without proof"), refused.getMessage());
        assertEquals("goodbye AUTHENTICATION_FAILED", server.await(""));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9007, true",
        "[::1]:9007, true",
        "[0:0:0:0:0:0:0:1]:9007, true",
        "10.0.0.5:9007, false",
        "[2001:db8:0:0:0:0:0:7]:9007, false"
    })
    void aServerThatNeverAsksIsAcceptedOnThisMachineAlone(String peer, boolean isAccepted) {
        final Authenticator logon = Authenticator.password().begin(new LogonContext("pricer", Scheme.TCP, peer));
        final byte[] first = logon.authenticate("alice", "secret");
        if (isAccepted) {
            logon.completed("alice", first, "");
        } else {
            final TautwireException refused =
                    assertThrows(TautwireException.class, () -> logon.completed("alice", first, ""));
            assertTrue(refused.getMessage().contains("leave the password out"), refused.getMessage());
        }
    }

    @Test
    void aPasswordWithoutAUserIsATokenAndNotSentOverTcp() throws Exception {
        client.connect(server.uri().replace("alice:secret", ":t0ken"));
        final TautwireException refused = assertThrows(TautwireException.class, client::logon);
        assertEquals(Code.AUTHENTICATION_FAILED, refused.code());
        assertTrue(refused.getMessage().contains("tcps or unix"), refused.getMessage());
        assertFalse(refused.getMessage().contains("t0ken"), refused.getMessage());
        assertEquals("goodbye AUTHENTICATION_FAILED", server.await(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@", ""})
    void withoutAPasswordNoCredentialIsSent(String user) throws Exception {
        client.connect(server.uri().replace("alice:secret@", user));
        final CompletableFuture<Void> logon = CompletableFuture.runAsync(client::logon);
        assertTrue(server.await("logon ").endsWith(" credential="));
        server.say(peer -> peer.logonReply(0));
        logon.get(20, SECONDS);
    }

    @Test
    void whereNobodyReadsAlongThePasswordIsSent() {
        for (final Scheme scheme : new Scheme[] {Scheme.UNIX, Scheme.TCPS}) {
            final Authenticator logon = Authenticator.password().begin(new LogonContext("pricer", scheme, "peer"));
            assertEquals("secret", new String(logon.authenticate("alice", "secret"), UTF_8));
        }
    }

    @Test
    void aTokenIsAskedForAtEachLogonAndOnlyWhereItMayBeSent() {
        final AtomicInteger asked = new AtomicInteger();
        final Authenticator bearer = Authenticator.bearer(() -> "token-" + asked.incrementAndGet());
        client.connect(server.uri());
        final TautwireException refused = assertThrows(TautwireException.class, () -> client.logon(bearer));
        assertEquals(Code.AUTHENTICATION_FAILED, refused.code());
        assertTrue(refused.getMessage().contains("tcps or unix"), refused.getMessage());
        assertEquals(0, asked.get());
        for (int i = 1; i <= 2; i++) {
            final Authenticator logon = bearer.begin(new LogonContext("pricer", Scheme.UNIX, "unix:/run/x"));
            assertEquals("token-" + i, new String(logon.authenticate("alice", ""), UTF_8));
        }
        assertThrows(TautwireException.class, () -> bearer.retry("alice", "", new byte[0]));
    }

    @Test
    void aTokenSuppliersFailureIsTheCause() {
        final Error failure = new AssertionError("the directory is down");
        final Authenticator bearer = Authenticator.bearer(() -> {
            throw failure;
        });
        final TautwireException refused = assertThrows(TautwireException.class, () -> bearer.authenticate("alice", ""));
        assertEquals(Code.AUTHENTICATION_FAILED, refused.code());
        assertSame(failure, refused.getCause());
        for (final String none : new String[] {null, "", "a\0secret"}) {
            final TautwireException noToken =
                    assertThrows(TautwireException.class, () -> Authenticator.bearer(() -> none)
                            .authenticate("alice", ""));
            assertFalse(noToken.getMessage().contains("secret"), noToken.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin", "authenticate", "retry", "completed"})
    void whateverAnAuthenticatorThrowsIsAClearFailureWithItsCause(String where) throws Exception {
        final CompletableFuture<Void> logon = logon(new Failing(where));
        if (where.equals("retry") || where.equals("completed")) {
            server.await("logon ");
            server.say(peer -> peer.challenge("who?".getBytes(UTF_8)));
        }
        if (where.equals("completed")) {
            server.await("logon ");
            server.say(peer -> peer.logonReply(0));
        }
        final TautwireException refused = failure(logon);
        assertEquals(Code.AUTHENTICATION_FAILED, refused.code());
        assertTrue(refused.getMessage().contains("AssertionError"), refused.getMessage());
        Throwable root = refused;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        assertInstanceOf(AssertionError.class, root);
        assertEquals("on purpose", root.getMessage());
        server.await("goodbye AUTHENTICATION_FAILED");
    }

    @Test
    void anAuthenticatorThatNeverAnswersIsInterruptedWhenTheLogonMayTakeNoLonger() throws Exception {
        final Blocking blocking = new Blocking();
        client.connect(server.uri() + "?logon_timeout=200ms");
        final CompletableFuture<Void> logon = CompletableFuture.runAsync(() -> client.logon(blocking));
        server.await("logon ");
        server.say(peer -> peer.challenge("who?".getBytes(UTF_8)));
        assertEquals(Code.LOGON_TIMEOUT, failure(logon).code());
        assertTrue(blocking.interrupted.await(20, SECONDS));
    }

    @Test
    void whileAnAuthenticatorIsBusyTheServerIsHeard() throws Exception {
        final Blocking blocking = new Blocking();
        final CompletableFuture<Void> logon = logon(blocking);
        server.await("logon ");
        server.say(peer -> peer.challenge("who?".getBytes(UTF_8)));
        assertTrue(blocking.asked.await(20, SECONDS));
        server.say(peer -> peer.goodbye(Code.SERVER_CLOSING));
        assertEquals(Code.SERVER_CLOSING, failure(logon).code());
        assertTrue(blocking.interrupted.await(20, SECONDS));
    }

    private CompletableFuture<Void> logon(Authenticator authenticator) {
        client.connect(server.uri() + "?logon_timeout=20s");
        return CompletableFuture.runAsync(() -> client.logon(authenticator));
    }

    /** As a server does that knows the user; returns what both sides sign. */
    private String challengeByScram() throws InterruptedException {
        final String first = server.await("logon ");
        assertFalse(first.contains("secret"), first);
        final String message = first.substring(first.indexOf("credential=SCRAM-SHA-256\0n,,") + 28);
        final String nonce = message.substring(message.indexOf("r=") + 2);
        assertTrue(nonce.length() >= 24, nonce);
        firstBare = message;
        serverFirst = "r=" + nonce + "more,s=" + Base64.getEncoder().encodeToString(SALT) + ",i=" + ITERATIONS;
        server.say(peer -> peer.challenge(serverFirst.getBytes(UTF_8)));
        final String last = server.await("logon ");
        assertFalse(last.contains("secret"), last);
        final String withoutProof =
                last.substring(last.indexOf("credential=") + "credential=".length(), last.indexOf(",p="));
        return firstBare + "," + serverFirst + "," + withoutProof;
    }

    private static byte[] proof(String password, String signed) {
        final byte[] salted = ScramFunctions.saltedPassword(
                ScramMechanism.SCRAM_SHA_256,
                StringPreparation.SASL_PREPARATION,
                password.toCharArray(),
                SALT,
                ITERATIONS);
        final byte[] key = ScramFunctions.serverKey(ScramMechanism.SCRAM_SHA_256, salted);
        final byte[] signature = ScramFunctions.serverSignature(ScramMechanism.SCRAM_SHA_256, key, signed);
        return ("v=" + Base64.getEncoder().encodeToString(signature)).getBytes(UTF_8);
    }

    private static TautwireException failure(CompletableFuture<Void> logon) {
        final ExecutionException failure = assertThrows(ExecutionException.class, () -> logon.get(30, SECONDS));
        return assertInstanceOf(TautwireException.class, failure.getCause());
    }

    /** Fails where it is told to. */
    private record Failing(String where) implements Authenticator {
        @Override
        public Authenticator begin(LogonContext context) {
            return at("begin", this);
        }

        @Override
        public byte[] authenticate(String user, String password) {
            return at("authenticate", new byte[0]);
        }

        @Override
        public byte[] retry(String user, String password, byte[] challenge) {
            return at("retry", new byte[0]);
        }

        @Override
        public void completed(String user, byte[] credential, String reason) {
            at("completed", null);
        }

        private <T> T at(String here, T result) {
            if (where.equals(here)) {
                throw new AssertionError("on purpose");
            }
            return result;
        }
    }

    /** Never answers a challenge. */
    private static final class Blocking implements Authenticator {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);

        @Override
        public byte[] authenticate(String user, String password) {
            return new byte[0];
        }

        @Override
        public byte[] retry(String user, String password, byte[] challenge) {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return new byte[0];
        }
    }
}
