package io.tautwire.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

@Timeout(60)
class ClientTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final ScriptedServer server = new ScriptedServer();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Client client = new Client(new ClientConfig("pricer")
            .errorHandler(error -> told.add("error " + error.getMessage()))
            .sessionListener((code, reason) -> told.add("ended " + code)));

    @AfterEach
    void closeAll() {
        client.close();
        server.close();
    }

    @Test
    void connectsAndLogsOnInOneCall() {
        try (Client other = Client.connect(server.uri() + "?name=quoter", null)) {
            assertEquals("quoter", other.name());
            assertEquals(AckLevel.RECEIVED, other.ackLevel());
            assertEquals("json", other.messageType());
            assertFalse(other.io().isEmpty());
            assertNotEquals(0, other.incarnation());
        }
    }

    @Test
    void aConnectionStringAloneMustHoldTheName() {
        assertCode(Code.NAME_INVALID, () -> Client.connect(server.uri(), null));
    }

    @Test
    void configurationFaultsAreReportedTogether() {
        final TautwireException refused = assertThrows(
                TautwireException.class,
                () -> new Client(new ClientConfig("a").storeBytes(1).windowBytes(1)));
        assertTrue(refused.getMessage().contains("storeBytes=1"));
        assertTrue(refused.getMessage().contains("windowBytes=1"));
    }

    @Test
    void anAddressThatNobodyListensAtKeepsTheSystemsException() {
        server.close();
        final TautwireException refused = assertCode(Code.CONNECT_FAILED, () -> client.connect(server.uri()));
        assertNotNull(refused.getCause());
        assertFalse(refused.getMessage().contains("secret"));
    }

    @Test
    void logonNeedsAConnectionAndHappensOnce() {
        assertCode(Code.NOT_CONNECTED, client::logon);
        client.connect(server.uri()).logon();
        assertCode(Code.CONFIGURATION_INVALID, client::logon);
        assertCode(Code.CONFIGURATION_INVALID, () -> client.connect(server.uri()));
    }

    @Test
    void logonIsBoundedAndAnotherConnectMayFollow() {
        server.silent();
        client.connect(server.uri() + "?logon_timeout=100ms");
        assertCode(Code.LOGON_TIMEOUT, client::logon);
        client.connect(server.uri() + "?logon_timeout=100ms");
        assertCode(Code.LOGON_TIMEOUT, client::logon);
    }

    @Test
    void aRefusedLogonThrowsTheServersCode() throws Exception {
        server.silent();
        client.connect(server.uri());
        final CompletableFuture<Void> logon = CompletableFuture.runAsync(client::logon);
        server.await("logon ");
        server.say(peer -> peer.reject(10, 0, Code.NAME_IN_USE));
        final Exception failure = assertThrows(Exception.class, () -> logon.get(10, SECONDS));
        assertEquals(Code.NAME_IN_USE, ((TautwireException) failure.getCause()).code());
    }

    @Test
    void theAuthenticatorAnswersChallengesAndHearsOfTheEnd() throws Exception {
        server.silent();
        client.connect(server.uri());
        final CompletableFuture<Void> logon = CompletableFuture.runAsync(() -> client.logon(new Recording()));
        assertTrue(server.await("logon ").endsWith("credential=first for alice secret"));
        server.say(peer -> peer.challenge("nonce".getBytes()));
        assertTrue(server.await("logon ").endsWith("credential=answer to nonce"));
        server.say(peer -> peer.logonReply(0));
        logon.get(10, SECONDS);
        assertEquals("completed alice answer to nonce", told.poll(10, SECONDS));
    }

    @Test
    void publishesBeforeTheLogonAndWhileDisconnected() throws Exception {
        assertEquals(1, client.publish("trades/BTC", "before"));
        client.connect(server.uri()).logon();
        server.await("message 1 ");
        client.disconnect();
        server.await("goodbye OK");
        assertEquals(2, client.publish("trades/BTC", "between"));
        server.lastAppended(1);
        client.connect(server.uri()).logon();
        assertEquals(
                "logon incarnation=" + client.incarnation() + " lowest=1 next=3", words(server.await("logon "), 4));
        server.await("message 2 ");
        server.say(peer -> peer.ack(1, 2, Code.OK));
        assertEquals(new FlushResult(2, 2, 0), client.publishFlush(BOUND));
        assertEquals(0, client.outstanding());
        assertEquals(3, client.lowestOutstanding());
    }

    @Test
    void aFlushThatIsLateSaysHowManyAreOutstandingFromWhere() {
        client.connect(server.uri()).logon();
        client.publish("trades/BTC", "one");
        client.publish("trades/BTC", "two");
        final TautwireException late = assertCode(Code.TIMED_OUT, () -> client.publishFlush(SOON));
        assertTrue(late.getMessage().contains("outstanding=2 from=1"), late.getMessage());
    }

    @Test
    void aFlushKeepsWaitingOverAReconnect() throws Exception {
        client.connect(server.uri()).logon();
        client.publish("trades/BTC", "one");
        server.await("message 1 ");
        final CompletableFuture<FlushResult> flush = client.publishFlushAsync();
        server.cut();
        assertEquals("ended DISCONNECTED", told.poll(10, SECONDS));
        assertFalse(flush.isDone());
        server.await("logon ");
        server.await("message 1 ");
        server.say(peer -> peer.ack(1, 1, Code.NOT_ENTITLED));
        assertEquals(new FlushResult(1, 0, 1), flush.get(10, SECONDS));
    }

    @Test
    void refusedMessagesComeBackBeforeTheAckListenerAndTheFlush() throws Exception {
        client.failedPublishHandler((original, code, reason) ->
                told.add("failed " + original.topic() + " " + original.bodyText() + " " + code + " " + reason));
        client.ackListener((from, to, code, reason, level) -> told.add("ack " + from + "-" + to + " " + code));
        client.connect(server.uri()).logon();
        client.publish("trades/BTC", "body");
        server.await("message 1 ");
        server.say(peer -> peer.ack(1, 1, Code.TOPIC_INVALID));
        client.publishFlush(BOUND);
        assertEquals("failed trades/BTC body TOPIC_INVALID because", told.poll());
        assertEquals("ack 1-1 TOPIC_INVALID", told.poll());
    }

    @Test
    void callsThatWouldWaitForTheirOwnThreadFailAtOnceAndNameTheOtherForm() throws Exception {
        client.connect(server.uri()).logon();
        client.ackListener((from, to, code, reason, level) -> {
            report(client::publishFlush);
            report(() -> client.subscribe("a", message -> {}));
            report(() -> client.stream("a"));
            report(() -> client.connect(server.uri()));
            report(client::logon);
        });
        client.publish("trades/BTC", "one");
        server.await("message 1 ");
        server.say(peer -> peer.ack(1, 1, Code.OK));
        for (final String form : new String[] {
            "publishFlushAsync", "subscribeAsync", "subscribeAsync", "another thread", "another thread"
        }) {
            final String message = told.poll(10, SECONDS);
            assertTrue(message.startsWith("WOULD_DEADLOCK") && message.endsWith("use " + form), message);
        }
    }

    @Test
    void publishingIntoAFullStoreMayNotWaitOnTheThreadThatMakesRoom() throws Exception {
        try (Client small = new Client(new ClientConfig("small").storeBytes(64 * 1024))) {
            final Publication publication = small.publication("trades/BTC");
            small.ackListener((from, to, code, reason, level) -> {
                while (publication.offer(new byte[1_000]) > 0) {
                    Thread.onSpinWait();
                }
                report(() -> publication.publish(new byte[1_000]));
            });
            small.connect(server.uri()).logon();
            publication.publish("one");
            server.await("message 1 ");
            server.say(peer -> peer.ack(1, 1, Code.OK));
            final String message = told.poll(10, SECONDS);
            assertTrue(message.startsWith("WOULD_DEADLOCK") && message.endsWith("use offer"), message);
        }
    }

    @Test
    void offeringAllocatesNothingWhoeverSends() throws Exception {
        client.connect(server.uri()).logon();
        final Publication publication = client.publication("trades/BTC");
        final UnsafeBuffer body = new UnsafeBuffer(new byte[100]);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final int rounds = 20_000;
        offerAll(publication, body, rounds);
        final long before = threads.getCurrentThreadAllocatedBytes();
        offerAll(publication, body, rounds);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < rounds, "bytes=" + allocated + " in rounds=" + rounds);
    }

    private void offerAll(Publication publication, UnsafeBuffer body, int rounds) {
        for (int i = 0; i < rounds; i++) {
            assertTrue(publication.offer(body, 0, body.capacity()) > 0);
            while (i % 20 == 0 && client.counters().sent() < client.counters().published()) {
                Thread.onSpinWait(); // so that the sender is free again
            }
        }
    }

    @Test
    void aHandlersExceptionReachesTheErrorHandlerAndTheNextMessageComes() throws Exception {
        client.connect(server.uri()).logon();
        final Subscription subscription = client.subscribe("trades/#", message -> {
            told.add(message.topic() + " " + message.bodyText());
            throw new IllegalStateException("handler of " + message.sequence());
        });
        server.say(peer -> peer.deliver(2, subscription.id())
                .message(1, "trades/BTC", "a".getBytes())
                .message(2, "trades/ETH", "b".getBytes()));
        assertEquals("trades/BTC a", told.poll(10, SECONDS));
        assertEquals("error handler of 1", told.poll(10, SECONDS));
        assertEquals("trades/ETH b", told.poll(10, SECONDS));
        assertEquals("error handler of 2", told.poll(10, SECONDS));
    }

    @Test
    void aHandlerThatClosesItsSubscriptionIsNotCalledAgain() throws Exception {
        client.lastChanceHandler(message -> told.add("last chance " + message.sequence()));
        client.connect(server.uri()).logon();
        final CompletableFuture<Subscription> self = new CompletableFuture<>();
        self.complete(client.subscribe("a", message -> {
            told.add("got " + message.sequence());
            self.join().close();
        }));
        server.say(peer -> peer.deliver(2, 1).message(1, "a", "x".getBytes()).message(2, "a", "y".getBytes()));
        assertEquals("got 1", told.poll(10, SECONDS));
        assertEquals("last chance 2", told.poll(10, SECONDS));
        server.await("unsubscribe 1");
    }

    @Test
    void aHandlerThatDisconnectsIsNotCalledAgain() throws Exception {
        client.connect(server.uri()).logon();
        client.subscribe("a", message -> {
            told.add("got " + message.sequence());
            client.disconnect();
        });
        server.say(peer -> peer.deliver(2, 1).message(1, "a", "x".getBytes()).message(2, "a", "y".getBytes()));
        assertEquals("got 1", told.poll(10, SECONDS));
        assertEquals("ended OK", told.poll(10, SECONDS));
        server.await("goodbye OK");
    }

    @Test
    void aSubscribeThatIsLateLeavesNoSubscription() throws Exception {
        try (Client hasty = new Client(new ClientConfig("hasty").commandTimeout(SOON))) {
            hasty.connect(server.uri()).logon();
            server.silent();
            assertCode(Code.TIMED_OUT, () -> hasty.subscribe("a", message -> {}));
            server.await("unsubscribe 1");
            assertCode(Code.TIMED_OUT, () -> hasty.stream("a"));
            server.await("unsubscribe 2");
        }
    }

    @Test
    void noSessionFollowsOneThatIsStillInAHandler() throws Exception {
        client.connect(server.uri()).logon();
        final CompletableFuture<Void> gate = new CompletableFuture<>();
        client.subscribe("a", message -> {
            told.add("in");
            gate.join();
        });
        server.say(peer -> peer.deliver(1, 1).message(1, "a", "x".getBytes()));
        assertEquals("in", told.poll(10, SECONDS));
        Thread.currentThread().interrupt(); // does not wait for the end
        client.disconnect();
        assertTrue(Thread.interrupted());
        assertCode(Code.TIMED_OUT, () -> client.connect(server.uri()));
        gate.complete(null);
        client.connect(server.uri()).logon();
        assertEquals("ended OK", told.poll(10, SECONDS));
    }

    @Test
    void subscribingFailsWithTheServersCodeOrWithTheSession() throws Exception {
        assertCode(Code.NOT_CONNECTED, () -> client.subscribeAsync("a", message -> {}));
        client.connect(server.uriOfOneSession()).logon();
        assertCode(Code.PATTERN_INVALID, () -> client.subscribeAsync("a/#/b", message -> {}));
        server.silent();
        final CompletableFuture<Subscription> refused = client.subscribeAsync("a", message -> {});
        server.await("subscribe 1 ");
        server.say(peer -> peer.reject(21, 1, Code.NOT_ENTITLED));
        assertEquals(Code.NOT_ENTITLED, codeOf(refused));
        final CompletableFuture<Subscription> cut = client.subscribeAsync("a", message -> {});
        server.await("subscribe 2 ");
        server.cut();
        assertEquals(Code.DISCONNECTED, codeOf(cut));
    }

    @Test
    void messagesOfAClosedSubscriptionGoToTheLastChanceHandler() throws Exception {
        client.lastChanceHandler(message -> told.add("last chance " + message.sequence()));
        client.connect(server.uri()).logon();
        final Subscription subscription = client.subscribe("a", message -> told.add("late"));
        subscription.close();
        subscription.close();
        assertFalse(subscription.isActive());
        server.await("unsubscribe 1");
        server.say(peer -> peer.deliver(1, 1).message(1, "a", "x".getBytes()));
        assertEquals("last chance 1", told.poll(10, SECONDS));
    }

    @Test
    void messagesThatAreGoneAreReported() throws Exception {
        client.connect(server.uri()).logon();
        client.subscribe("a", message -> {});
        server.say(peer -> peer.gap(1, 100, 500));
        final String error = told.poll(10, SECONDS);
        assertTrue(error.startsWith("error MESSAGE_GAP: pattern=a fromPosition=100 toPosition=500"), error);
    }

    @Test
    void theServersReasonForTheEndIsTold() throws Exception {
        client.connect(server.uri()).logon();
        server.say(peer -> peer.goodbye(Code.SESSION_REPLACED));
        assertEquals("ended SESSION_REPLACED", told.poll(10, SECONDS));
        assertCode(Code.NOT_CONNECTED, () -> client.subscribe("a", message -> {}));
    }

    @Test
    void closingWakesWhoWaitsAndRefusesWhatComes() throws Exception {
        client.connect(server.uri()).logon();
        client.publish("trades/BTC", "one");
        final CompletableFuture<FlushResult> flush = client.publishFlushAsync();
        client.close();
        client.close();
        server.await("goodbye CLOSED");
        assertEquals(Code.CLOSED, codeOf(flush));
        assertEquals(Publication.CLOSED, client.publication("a").offer(new byte[0]));
        assertCode(Code.CLOSED, () -> client.publish("a", "b"));
        assertCode(Code.CLOSED, () -> client.connect(server.uri()));
        assertCode(Code.CLOSED, client::publishFlush);
    }

    @Test
    void mayBeClosedByAHandler() throws Exception {
        client.connect(server.uri()).logon();
        client.ackListener((from, to, code, reason, level) -> client.close());
        client.publish("trades/BTC", "one");
        server.await("message 1 ");
        server.say(peer -> peer.ack(1, 1, Code.OK));
        server.await("goodbye CLOSED");
        assertEquals("ended OK", told.poll(10, SECONDS));
    }

    @Test
    void logonMayNotBeWaitedForByAClosedClient() throws Exception {
        server.silent();
        client.connect(server.uri());
        final CompletableFuture<Void> logon = CompletableFuture.runAsync(client::logon);
        server.await("logon ");
        client.close();
        assertEquals(Code.CLOSED, codeOf(logon));
    }

    @Test
    void disconnectDoesNotWaitForALogonThatIsUnderWay() throws Exception {
        server.silent();
        client.connect(server.uri() + "?logon_timeout=5m");
        final CompletableFuture<Void> logon = CompletableFuture.runAsync(client::logon);
        server.await("logon ");
        client.disconnect();
        assertEquals(Code.DISCONNECTED, codeOf(logon));
    }

    @Test
    void anInterruptedLogonLeavesNoSessionAndAnotherConnectMayFollow() throws Exception {
        server.silent();
        client.connect(server.uri());
        Thread.currentThread().interrupt();
        assertCode(Code.INTERRUPTED, client::logon);
        assertTrue(Thread.interrupted());
        server.await("goodbye LOGON_TIMEOUT");
        client.connect(server.uri());
    }

    @Test
    void aBoundOfForEverIsNone() {
        assertEquals(new FlushResult(0, 0, 0), client.publishFlush(ChronoUnit.FOREVER.getDuration()));
    }

    @Test
    void nothingItSaysHoldsTheSecret() {
        client.connect(server.uri());
        assertFalse(client.toString().contains("secret"));
        assertFalse(client.counters().toString().contains("secret"));
    }

    private void report(Executable call) {
        try {
            call.execute();
            told.add("no exception");
        } catch (Throwable t) {
            told.add(t.getMessage());
        }
    }

    private static TautwireException assertCode(Code code, Executable call) {
        final TautwireException failure = assertThrows(TautwireException.class, call);
        assertEquals(code, failure.code(), failure.getMessage());
        return failure;
    }

    private static Code codeOf(CompletableFuture<?> failing) {
        final Exception failure = assertThrows(Exception.class, () -> failing.get(10, SECONDS));
        return ((TautwireException) failure.getCause()).code();
    }

    private static String words(String line, int count) {
        int end = -1;
        for (int i = 0; i < count && (i == 0 || end >= 0); i++) {
            end = line.indexOf(' ', end + 1);
        }
        return end < 0 ? line : line.substring(0, end);
    }

    private final class Recording implements Authenticator {
        @Override
        public byte[] authenticate(String user, String password) {
            return ("first for " + user + " " + password).getBytes();
        }

        @Override
        public byte[] retry(String user, String password, byte[] challenge) {
            return ("answer to " + new String(challenge)).getBytes();
        }

        @Override
        public void completed(String user, byte[] credential, String reason) {
            told.add("completed " + user + " " + new String(credential));
        }
    }
}
