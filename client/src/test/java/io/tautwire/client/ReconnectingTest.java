package io.tautwire.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions that come back by themselves, and those that must not. */
@Timeout(60)
class ReconnectingTest {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> states = new LinkedBlockingQueue<>();
    private final ScriptedServer server = new ScriptedServer();
    private Client client = client(ReconnectPolicy.fixed(Duration.ofMillis(1)));

    private Client client(ReconnectPolicy policy) {
        return new Client(new ClientConfig("pricer")
                .reconnectPolicy(policy)
                .errorHandler(error -> told.add("error " + error.getMessage()))
                .connectionStateListener(change -> states.add(change.state()
                        + (change.code() == Code.OK ? "" : " " + change.code())
                        + (change.nextAttempt() == null ? "" : " again"))));
    }

    @AfterEach
    void closeAll() {
        client.close();
        server.close();
    }

    @Test
    void aSubscriptionGoesOnBehindWhatItHad() throws Exception {
        client.connect(server.uri()).logon();
        final Subscription subscription = client.subscribe("a", message -> told.add("got " + message.sequence()));
        server.say(peer -> peer.deliver(1, 1).message(1, "a", "x".getBytes()));
        assertEquals("got 1", told.poll(10, SECONDS));
        server.await("subscribe 1 ");
        server.cut();
        assertEquals("subscribe 1 credit=1048576 a AFTER abc.1.4096 else START", server.await("subscribe 1 "));
        assertTrue(subscription.isActive());
        server.say(peer -> peer.deliver(2, 1).message(1, "a", "x".getBytes()).message(2, "a", "y".getBytes()));
        assertEquals("got 2", told.poll(10, SECONDS));
        assertEquals(1, subscription.id());
        Waiting.until("counted", () -> subscription.received() == 2);
        assertEquals(1, client.counters().duplicates());
    }

    @Test
    void aStreamGoesOnAndTellsTheBookmarksOfEachJournal() throws Exception {
        client.connect(server.uri()).logon();
        final MessageStream stream = client.stream("a", StreamConfig.defaults().withTimeout(BOUND));
        server.say(peer -> peer.deliver(2, 1).message(1, "a", "x".getBytes()).message(2, "a", "y".getBytes()));
        assertTrue(stream.next().bookmark().text().startsWith("abc.1."));
        Waiting.until("both are here", () -> stream.received() == 2);
        server.journal(0xDEF);
        server.await("subscribe 1 ");
        server.cut();
        server.await("subscribe 1 ");
        server.say(peer -> peer.deliver(1, 1).message(3, "a", "z".getBytes()));
        final Message second = stream.next();
        assertEquals(2, second.sequence());
        assertTrue(
                second.bookmark().text().startsWith("abc.1."), second.bookmark().text());
        final Message third = stream.next();
        assertEquals(3, third.sequence());
        assertTrue(
                third.bookmark().text().startsWith("def.1."), third.bookmark().text());
        assertNull(stream.endCode());
        final String gap = told.poll(10, SECONDS);
        assertTrue(gap.startsWith("error MESSAGE_GAP: pattern=a bookmark=abc.1."), gap);
    }

    @Test
    void tellsHowItStands() throws Exception {
        client.connect(server.uri()).logon();
        server.cut();
        awaitStates("CONNECTING", "CONNECTED", "LOGGED_ON", "DISCONNECTED DISCONNECTED again");
        awaitStates("CONNECTING", "CONNECTED", "LOGGED_ON");
        client.disconnect();
        awaitStates("DISCONNECTED");
        client.close();
        awaitStates("CLOSED");
        assertTrue(states.isEmpty());
    }

    @Test
    void whatIsPublishedWithoutASessionIsSentInTheNext() throws Exception {
        client.connect(server.uri()).logon();
        client.publish("a", "1");
        server.await("message 1 ");
        final CompletableFuture<FlushResult> flush = client.publishFlushAsync();
        server.cut();
        server.await("logon ");
        server.await("message 1 ");
        server.say(peer -> peer.ack(1, 1, Code.OK));
        assertEquals(1, flush.get(10, SECONDS).acknowledged());
    }

    @Test
    void aReplacedSessionStaysAway() throws Exception {
        client.connect(server.uri()).logon();
        final Subscription subscription = client.subscribe("a", message -> {});
        server.say(peer -> peer.goodbye(Code.SESSION_REPLACED));
        awaitStates("CONNECTING", "CONNECTED", "LOGGED_ON", "GAVE_UP SESSION_REPLACED");
        assertFalse(subscription.isActive());
        assertCode(Code.NOT_CONNECTED, () -> client.subscribe("a", message -> {}));
        client.connect(server.uri()).logon(); // by a decision of the program
    }

    @Test
    void aLogonThatIsRefusedLaterIsFinal() throws Exception {
        client.connect(server.uri()).logon();
        final MessageStream stream = client.stream("a");
        server.refuse(Code.AUTHENTICATION_FAILED);
        server.cut();
        assertNull(stream.next());
        assertEquals(Code.AUTHENTICATION_FAILED, stream.endCode());
        awaitStates(
                "CONNECTING", "CONNECTED", "LOGGED_ON", "DISCONNECTED DISCONNECTED again", "CONNECTING", "CONNECTED");
        awaitStates("GAVE_UP AUTHENTICATION_FAILED");
    }

    @Test
    void aServerThatIsFullIsTriedAgain() throws Exception {
        client.connect(server.uri()).logon();
        server.refuse(Code.LIMIT_REACHED);
        server.cut();
        awaitStates(
                "CONNECTING", "CONNECTED", "LOGGED_ON", "DISCONNECTED DISCONNECTED again", "CONNECTING", "CONNECTED");
        awaitStates("DISCONNECTED LIMIT_REACHED again");
        server.refuse(null);
        String state = states.poll(10, SECONDS);
        while (!"LOGGED_ON".equals(state)) {
            assertTrue(state != null, "it never came back");
            state = states.poll(10, SECONDS);
        }
    }

    @Test
    void givesUpWhenThePolicyDoes() throws Exception {
        client.close();
        states.clear();
        client = client(ReconnectPolicy.never());
        client.connect(server.uri()).logon();
        final Subscription subscription = client.subscribe("a", message -> {});
        server.cut();
        awaitStates("CONNECTING", "CONNECTED", "LOGGED_ON", "GAVE_UP DISCONNECTED");
        assertFalse(subscription.isActive());
    }

    @Test
    void withoutTheOptionNothingComesBack() throws Exception {
        client.connect(server.uriOfOneSession()).logon();
        server.cut();
        awaitStates("CONNECTING", "CONNECTED", "LOGGED_ON", "DISCONNECTED DISCONNECTED");
        assertCode(Code.NOT_CONNECTED, () -> client.subscribe("a", message -> {}));
        client.connect(server.uri()).logon();
    }

    @Test
    void disconnectStopsItAtOnceAndEndsSubscriptions() throws Exception {
        waitForAnHour();
        final CompletableFuture<Subscription> waiting = client.subscribeAsync("b", message -> {});
        client.disconnect();
        awaitStates("DISCONNECTED");
        assertEquals(Code.CLOSED, codeOf(waiting));
        assertCode(Code.NOT_CONNECTED, () -> client.subscribe("a", message -> {}));
        client.connect(server.uri()).logon();
    }

    @Test
    void closeStopsItAtOnceAndNoThreadIsLeft() throws Exception {
        waitForAnHour();
        client.close();
        awaitStates("DISCONNECTED", "CLOSED");
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("tautwire-client-pricer")));
    }

    @Test
    void aSubscriptionMayBeClosedAndMadeWhileThereIsNoSession() throws Exception {
        final Subscription subscription = waitForAnHour();
        subscription.close();
        assertFalse(subscription.isActive());
        client.subscribeAsync("b", message -> {});
        assertCode(Code.CONFIGURATION_INVALID, () -> client.connect(server.uri()));
        assertCode(Code.CONFIGURATION_INVALID, () -> client.connectInBackground(server.uri()));
    }

    @Test
    void nothingMayWaitOnTheThreadThatBringsTheSessionBack() throws Exception {
        client.connectionStateListener(change -> {
            if (change.state() == ConnectionState.DISCONNECTED) {
                report(client::publishFlush);
                report(() -> client.subscribe("a", message -> {}));
                report(() -> client.connect(server.uri()));
                client.close();
            }
        });
        client.connect(server.uri()).logon();
        server.cut();
        for (int i = 0; i < 3; i++) {
            final String message = told.poll(10, SECONDS);
            assertTrue(message.startsWith("WOULD_DEADLOCK"), message);
        }
    }

    @Test
    void connectsInBackgroundAndSubscribesThen() throws Exception {
        server.refuse(Code.SERVER_CLOSING);
        client.connectInBackground(server.uri());
        client.publish("a", "before");
        final CompletableFuture<Subscription> subscription = client.subscribeAsync("a", message -> {});
        server.await("logon ");
        server.refuse(null);
        assertEquals(1, subscription.get(20, SECONDS).id());
        server.await("message 1 ");
    }

    @Test
    void aFirstLogonInBackgroundThatIsRefusedIsFinal() throws Exception {
        server.refuse(Code.NAME_IN_USE);
        client.connectInBackground(server.uri());
        awaitStates("CONNECTING", "CONNECTED", "GAVE_UP NAME_IN_USE");
        assertCode(Code.NOT_CONNECTED, () -> client.subscribe("a", message -> {}));
    }

    @Test
    void theNextHostStandsInForOneThatRefuses() throws Exception {
        try (ScriptedServer second = new ScriptedServer()) {
            client.connect("tcp://127.0.0.1:" + server.port() + ",127.0.0.1:" + second.port())
                    .logon();
            server.refuse(Code.SERVER_CLOSING);
            server.await("logon ");
            server.cut();
            second.await("logon ");
            client.subscribe("a", message -> {});
            second.await("subscribe 1 ");
        }
    }

    @Test
    void drainingWaitsForOutcomesAndTakesNothingMore() throws Exception {
        client.connect(server.uri()).logon();
        client.publish("a", "1");
        server.await("message 1 ");
        final CompletableFuture<Long> left = CompletableFuture.supplyAsync(() -> client.close(BOUND));
        final byte[] tooLarge = new byte[2 << 20]; // so that none of these attempts is outstanding
        Waiting.until("nothing is taken", () -> client.publication("a").offer(tooLarge) == Publication.CLOSED);
        assertFalse(left.isDone());
        server.cut();
        server.await("message 1 ");
        server.say(peer -> peer.ack(1, 1, Code.OK));
        assertEquals(0, left.get(20, SECONDS));
        awaitStates("CONNECTING", "CONNECTED", "LOGGED_ON", "DISCONNECTED DISCONNECTED again");
    }

    @Test
    void drainingTellsHowManyAreGivenUp() {
        client.connect(server.uri()).logon();
        client.publish("a", "1");
        client.publish("a", "2");
        assertEquals(2, client.close(Duration.ofMillis(20)));
        assertCode(Code.CLOSED, () -> client.publish("a", "3"));
    }

    /** Subscribes to {@code a}, and loses the session for an hour. */
    private Subscription waitForAnHour() throws InterruptedException {
        client.close();
        states.clear();
        client = client(ReconnectPolicy.fixed(AN_HOUR));
        client.connect(server.uri()).logon();
        final Subscription subscription = client.subscribe("a", message -> {});
        server.cut();
        awaitStates("CONNECTING", "CONNECTED", "LOGGED_ON", "DISCONNECTED DISCONNECTED again");
        assertTrue(subscription.isActive());
        return subscription;
    }

    private void awaitStates(String... expected) throws InterruptedException {
        for (final String state : expected) {
            assertEquals(state, states.poll(20, SECONDS));
        }
    }

    private void report(Runnable call) {
        try {
            call.run();
            told.add("no exception");
        } catch (TautwireException e) {
            told.add(e.getMessage());
        }
    }

    private static void assertCode(Code code, Runnable call) {
        final TautwireException failure = assertThrows(TautwireException.class, call::run);
        assertEquals(code, failure.code(), failure.getMessage());
    }

    private static Code codeOf(CompletableFuture<?> failing) {
        final Exception failure = assertThrows(Exception.class, () -> failing.get(10, SECONDS));
        return ((TautwireException) failure.getCause()).code();
    }
}
