package io.tautwire.system.e2e;

import static io.tautwire.system.e2e.Codes.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.client.FlushResult;
import io.tautwire.client.Message;
import io.tautwire.client.MessageStream;
import io.tautwire.client.StreamConfig;
import io.tautwire.client.Subscription;
import io.tautwire.codec.sbe.Code;
import io.tautwire.server.AccessPolicy;
import io.tautwire.server.ServerLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a subscriber is promised. */
@Timeout(60)
final class SubscribeTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    private static List<Carrier> carriers() {
        return Carrier.all();
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void overlappingSubscriptionsShareOneCopy(Carrier carrier) {
        final int messages = 1000;
        final List<String> patterns = List.of("#", "trades/#", "trades/+", "trades/BTC", "trades/BTC");
        try (TestServer server = TestServer.start(carrier);
                Client client = server.client("both")) {
            final List<Subscription> subscriptions = new ArrayList<>();
            final AtomicInteger handled = new AtomicInteger();
            for (final String pattern : patterns) {
                subscriptions.add(client.subscribe(pattern, message -> handled.incrementAndGet()));
            }
            final AtomicInteger elsewhere = new AtomicInteger();
            client.subscribe("trades/ETH", message -> elsewhere.incrementAndGet());
            for (int i = 0; i < messages; i++) {
                client.publish("trades/BTC", "x");
            }
            assertEquals(new FlushResult(messages, messages, 0), client.publishFlush(SOON));
            Await.until("handled", (long) messages * patterns.size(), handled::get);
            assertEquals(0, elsewhere.get());
            assertEquals(messages, server.counters().delivered());
            Await.until("received", messages, client.counters()::received);
            for (final Subscription subscription : subscriptions) {
                assertEquals(messages, subscription.received(), subscription.pattern());
            }
        }
    }

    @Test
    void unsubscribingStopsAtOnce() throws Exception {
        final AtomicInteger late = new AtomicInteger();
        final AtomicInteger handled = new AtomicInteger();
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client publisher = server.client("publisher");
                Client subscriber = server.client("subscriber")) {
            final AtomicInteger closed = new AtomicInteger();
            final Subscription subscription = subscriber.subscribe("#", message -> {
                late.addAndGet(closed.get());
                handled.incrementAndGet();
            });
            final CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 50_000; i++) {
                    publisher.publish("numbers", "x");
                }
            });
            Await.until("handled", 100, handled::get);
            subscription.close();
            closed.set(1);
            assertFalse(subscription.isActive());
            publishing.get(20, TimeUnit.SECONDS);
            assertEquals(50_000, publisher.publishFlush(SOON).acknowledged());
            subscriber.publish("own", "");
            subscriber.publishFlush(SOON); // its acknowledgement comes after what was under way
            assertEquals(0, late.get());
            subscription.close(); // again, to no effect
        }
    }

    @Test
    void aHandlerMayUnsubscribeItself() throws Exception {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = server.client("both")) {
            final CompletableFuture<Subscription> mine = new CompletableFuture<>();
            mine.complete(client.subscribe("#", message -> {
                told.add("handled " + message.sequence());
                mine.join().close();
            }));
            client.publish("a", "1");
            assertEquals("handled 1", next());
            client.publish("a", "2");
            client.publishFlush(SOON);
            assertTrue(told.isEmpty());
        }
    }

    @Test
    void whatWouldWaitForTheReceiveThreadOnItIsRefusedThere() throws Exception {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = server.client("both")) {
            client.subscribe("a", message -> {
                told.add(codeOf(() -> client.publishFlush()));
                told.add(codeOf(() -> client.publishFlush(SOON)));
                told.add(codeOf(() -> client.subscribe("b", other -> {})));
                told.add(codeOf(() -> client.stream("b")));
                told.add(codeOf(() -> client.connect(server.uri())));
                told.add(codeOf(() -> client.logon()));
            });
            client.publish("a", "");
            for (final String instead : List.of("publishFlushAsync", "publishFlushAsync", "subscribeAsync")) {
                final String refused = next();
                assertTrue(refused.startsWith("WOULD_DEADLOCK") && refused.contains(instead), refused);
            }
            for (int i = 0; i < 3; i++) {
                final String refused = next();
                assertTrue(refused.startsWith("WOULD_DEADLOCK"), refused);
            }
        }
    }

    @Test
    void aHandlerSubscribesPublishesAndFlushesWithoutWaiting() throws Exception {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = server.client("both")) {
            client.subscribe("ask", message -> client.subscribeAsync("answer", answer -> told.add(answer.bodyText()))
                    .thenRun(() -> client.publish("answer", "42"))
                    .thenCompose(done -> client.publishFlushAsync())
                    .thenAccept(flushed -> told.add("flushed " + flushed.acknowledged())));
            client.publish("ask", "");
            final List<String> both = List.of(next(), next());
            assertTrue(both.contains("42") && both.contains("flushed 2"), both.toString());
        }
    }

    @Test
    void anExceptionOfAHandlerIsToldAndTheSessionGoesOn() throws Exception {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = server.client(new ClientConfig("both").errorHandler(e -> told.add(e.toString())))) {
            client.subscribe("a", message -> {
                if (message.bodyText().equals("bad")) {
                    throw new IllegalStateException("cannot take it");
                }
                told.add(message.bodyText());
            });
            client.ackListener((from, to, code, reason, level) -> {
                if (from == 1) {
                    throw new IllegalArgumentException("nor this");
                }
            });
            client.publish("a", "bad");
            client.publishFlush(SOON);
            client.publish("a", "good");
            final List<String> all = new ArrayList<>(List.of(next(), next(), next()));
            assertTrue(all.remove("java.lang.IllegalArgumentException: nor this"), all.toString());
            assertEquals(List.of("java.lang.IllegalStateException: cannot take it", "good"), all);
            assertEquals(2, client.publishFlush(SOON).acknowledged());
        }
    }

    @Test
    void messagesUnderWayToAClosedSubscriptionGoToTheLastChanceHandler() throws Exception {
        final CountDownLatch handling = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client publisher = server.client("publisher");
                Client client = server.client("subscriber")) {
            client.lastChanceHandler(message -> told.add("last chance " + message.bodyText()));
            final CompletableFuture<Subscription> mine = new CompletableFuture<>();
            mine.complete(client.subscribe("a", message -> {
                handling.countDown();
                await(goOn);
                mine.join().close();
            }));
            publisher.publish("a", "1");
            assertTrue(handling.await(20, TimeUnit.SECONDS));
            publisher.publish("a", "2");
            publisher.publishFlush(SOON);
            Await.until("it was sent", 2, server.counters()::delivered);
            goOn.countDown();
            assertEquals("last chance 2", next());
            Await.until("counted", 1, client.counters()::unclaimed);
        }
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void aStreamIsIteratedUntilNothingComesInTime(Carrier carrier) {
        try (TestServer server = TestServer.start(carrier);
                Client client = server.client("both")) {
            final MessageStream stream =
                    client.stream("a/#", StreamConfig.defaults().withTimeout(Duration.ofMillis(100)));
            assertNull(stream.poll(Duration.ZERO));
            assertTrue(stream.timedOut());
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 100; i++) {
                    client.publish("a/b", "x" + i);
                }
                client.publishFlush(SOON);
                int next = 0;
                for (final Message message : stream) {
                    assertEquals("x" + next++, message.bodyText());
                }
                assertEquals(100, next);
                assertTrue(stream.timedOut());
                assertNull(stream.endCode());
            }
            stream.close();
            assertNull(stream.next());
            assertFalse(stream.timedOut());
            assertEquals(Code.OK, stream.endCode());
        }
    }

    @Test
    void aStreamEndsWithItsSessionAfterWhatHasArrived() {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client publisher = server.client("publisher");
                Client client = new Client("subscriber")) {
            client.connect(server.uriOfOneSession()).logon();
            final MessageStream stream = client.stream("a");
            publisher.publish("a", "1");
            publisher.publish("a", "2");
            Await.until("received", 2, stream::received);
            server.server().close();
            Await.until("the stream is told", () -> stream.endCode() != null);
            assertNotNull(stream.next());
            assertEquals("2", stream.next().bodyText());
            assertNull(stream.next());
            assertEquals(Code.SERVER_CLOSING, stream.endCode());
        }
    }

    @Test
    void subscribingIsRefusedWithTheServersReason() {
        final ServerLimits limits =
                ServerLimits.defaults().change().maxSubscriptions(2).done();
        try (TestServer server =
                        TestServer.start(builder -> builder.limits(limits).accessPolicy(new NoWildcards()));
                Client client = server.client("subscriber")) {
            assertCode(Code.PATTERN_INVALID, () -> client.subscribe("a/#/b", message -> {}));
            assertCode(Code.NOT_ENTITLED, () -> client.subscribe("#", message -> {}));
            assertCode(Code.NOT_ENTITLED, () -> client.stream("a/+"));
            final Subscription first = client.subscribe("a", message -> {});
            client.subscribe("b", message -> {});
            assertCode(Code.LIMIT_REACHED, () -> client.subscribe("c", message -> {}));
            first.close();
            client.subscribe("c", message -> told.add(message.bodyText()));
            client.publish("c", "still there");
            assertEquals("still there", next());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String codeOf(Runnable call) {
        try {
            call.run();
            return "done";
        } catch (TautwireException e) {
            return e.getMessage();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String next() throws InterruptedException {
        return told.poll(20, TimeUnit.SECONDS);
    }

    /** Only literal topics may be subscribed to. */
    private static final class NoWildcards implements AccessPolicy {
        @Override
        public boolean mayPublish(String user, String topic) {
            return true;
        }

        @Override
        public boolean maySubscribe(String user, String pattern) {
            return !pattern.contains("#") && !pattern.contains("+");
        }
    }
}
