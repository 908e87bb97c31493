package io.tautwire.system.e2e;

import static io.tautwire.system.e2e.Codes.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.client.FlushResult;
import io.tautwire.client.Message;
import io.tautwire.client.MessageStream;
import io.tautwire.client.Publication;
import io.tautwire.client.Subscription;
import io.tautwire.codec.sbe.Code;
import io.tautwire.server.ServerLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens when a session, a client or a server ends. */
@Timeout(60)
final class SessionEndTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    private static List<Carrier> carriers() {
        return Carrier.all();
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void aClosingServerSaysSo(Carrier carrier) throws Exception {
        try (TestServer server = TestServer.start(carrier);
                Client client = new Client(config())) {
            client.connect(server.uriOfOneSession()).logon();
            final Subscription subscription = client.subscribe("#", message -> told.add(message.bodyText()));
            client.publish("a", "the last one");
            client.publishFlush(SOON);
            server.server().close();
            assertEquals("the last one", next());
            assertEquals("ended SERVER_CLOSING", next());
            Await.until("the subscription is over", () -> !subscription.isActive());
            client.publish("a", "kept");
            assertEquals(1, client.outstanding());
            assertCode(Code.NOT_CONNECTED, () -> client.subscribe("#", message -> {}));
            assertCode(Code.CONNECT_FAILED, () -> client.connect(server.uri()));
        }
    }

    @Test
    void aServerThatClosesWhileMessagesPourInTellsNoOutcomeItDoesNotKeep() throws Exception {
        final Numbered received = new Numbered(1);
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client subscriber = server.client("subscriber");
                Client client = server.client(config())) {
            subscriber.subscribe("numbers", received);
            final Publication publication = client.publication("numbers");
            final Callable<Integer> publishing = () -> {
                int published = 0;
                while (told.isEmpty()) {
                    final UnsafeBuffer body = new UnsafeBuffer(new byte[Numbered.LENGTH]);
                    Numbered.put(body, 0, 0, published);
                    published += publication.offer(body, 0, Numbered.LENGTH) > 0 ? 1 : 0;
                }
                return published;
            };
            final CompletableFuture<Integer> done = CompletableFuture.supplyAsync(() -> call(publishing));
            Await.until("acknowledged", 1000, client.counters()::acknowledged);
            server.server().close();
            final int published = done.get(20, TimeUnit.SECONDS);
            assertEquals("ended SERVER_CLOSING", next());
            assertEquals(published, client.outstanding() + client.counters().acknowledged());
            assertEquals(0, client.counters().refused());
            assertTrue(client.counters().acknowledged() <= server.counters().appended());
            assertNull(received.fault());
        }
    }

    @Test
    void aRestartedServerThatForgotTellsAPublishGap() throws Exception {
        try (Client client = new Client(config())) {
            try (TestServer first = TestServer.start(Carrier.USUAL)) {
                client.connect(first.uriOfOneSession()).logon();
                for (int i = 1; i <= 5; i++) {
                    client.publish("a", "x" + i);
                }
                assertEquals(new FlushResult(5, 5, 0), client.publishFlush(SOON));
            }
            assertEquals("ended SERVER_CLOSING", next());
            client.publish("a", "x6");
            client.publish("a", "x7");
            try (TestServer second = TestServer.start(Carrier.USUAL);
                    Client subscriber = second.client("subscriber")) {
                subscriber.subscribe("a", message -> told.add(message.bodyText()));
                client.connect(second.uri()).logon();
                final List<String> all = List.of(next(), next(), next());
                assertTrue(
                        all.stream()
                                .anyMatch(one -> one.startsWith("error PUBLISH_GAP") && one.contains("from=1 to=5")),
                        all.toString());
                assertTrue(all.containsAll(List.of("x6", "x7")), all.toString());
                assertEquals(new FlushResult(7, 7, 0), client.publishFlush(SOON));
            }
        }
    }

    @Test
    void aPublishGapFailsTheLogonWhenSoConfigured() throws Exception {
        try (Client client = new Client(config().failOnPublishGap(true))) {
            try (TestServer first = TestServer.start(Carrier.USUAL)) {
                client.connect(first.uriOfOneSession()).logon();
                client.publish("a", "x1");
                client.publishFlush(SOON);
            }
            assertEquals("ended SERVER_CLOSING", next());
            try (TestServer second = TestServer.start(Carrier.USUAL)) {
                client.connect(second.uri());
                final TautwireException refused = assertCode(Code.PUBLISH_GAP, client::logon);
                assertTrue(refused.getMessage().contains("from=1 to=1"), refused.getMessage());
            }
        }
    }

    @Test
    void aReplacedSessionIsToldAndStaysAway() throws Exception {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client older = new Client(config());
                Client newer = new Client("publisher")) {
            older.connect(server.uri("alice")).logon();
            older.publish("a", "1");
            older.publishFlush(SOON);
            newer.connect(server.uri("alice")).logon();
            assertEquals("ended SESSION_REPLACED", next());
            newer.publish("a", "2");
            assertEquals(new FlushResult(1, 1, 0), newer.publishFlush(SOON));
            older.publish("a", "3");
            assertCode(Code.TIMED_OUT, () -> older.publishFlush(Duration.ofMillis(200)));
            assertEquals(1, server.counters().sessions());
        }
    }

    @Test
    void closingAClientWakesAllWhoWaitInIt() throws Exception {
        final ClientConfig tiny = config().storeBytes(64 * 1024).maxFrame(16 * 1024);
        try (TestServer server = TestServer.start(Carrier.USUAL);
                TestProxy proxy = new TestProxy(server.port(), 1)) {
            final Client client = new Client(tiny);
            client.connect(proxy.uri()).logon();
            final MessageStream stream = client.stream("elsewhere");
            proxy.stall(true);
            final Publication publication = client.publication("a");
            while (publication.offer(new byte[1000]) != Publication.BACK_PRESSURED) {
                assertFalse(client.outstanding() > 1000, "the store is bounded");
            }
            final List<FutureTask<Object>> waiting = new ArrayList<>();
            waiting.add(waiting(client::publishFlush));
            waiting.add(waiting(() -> client.publishFlush(SOON)));
            waiting.add(waiting(() -> client.publish("a", new byte[1000])));
            waiting.add(waiting(() -> client.subscribe("b", message -> {})));
            final CompletableFuture<FlushResult> async = client.publishFlushAsync();
            final FutureTask<Object> taking = waiting(stream::next);
            client.close();
            for (final FutureTask<Object> one : waiting) {
                assertEquals(Code.CLOSED, codeOf(one));
            }
            assertEquals(Code.CLOSED, codeOf(async));
            assertNull(taking.get(20, TimeUnit.SECONDS));
            assertEquals(Publication.CLOSED, publication.offer("late"));
            assertCode(Code.CLOSED, () -> client.publish("a", "late"));
            assertCode(Code.CLOSED, () -> client.connect(server.uri()));
            assertCode(Code.CLOSED, client::logon);
            assertCode(Code.CLOSED, () -> client.subscribe("a", message -> {}));
            client.close();
        }
    }

    @Test
    void closingAClientThatLogsOnWakesIt() throws Exception {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                TestProxy proxy = new TestProxy(server.port(), 1)) {
            proxy.stall(true);
            final Client client = new Client("publisher");
            client.connect(proxy.uri());
            final FutureTask<Object> logon = waiting(() -> {
                client.logon();
                return null;
            });
            client.close();
            assertEquals(Code.CLOSED, codeOf(logon));
        }
    }

    @Test
    void aHandlerMayDisconnectAndClose() throws Exception {
        try (TestServer server = TestServer.start(Carrier.USUAL)) {
            final Client client = server.client(config());
            client.subscribe("a", message -> client.disconnect());
            client.publish("a", "");
            assertEquals("ended OK", next());
            client.connect(server.uri()).logon();
            client.subscribe("b", message -> client.close());
            client.publish("b", "");
            final String end = next();
            assertTrue(end.equals("ended OK") || end.equals("ended CLOSED"), end);
            assertEquals(Publication.CLOSED, client.publication("a").offer("late"));
            client.close();
            Await.until("the session is gone", () -> server.counters().sessions() == 0);
        }
    }

    @Test
    void aSilentPeerIsTakenForDead() throws Exception {
        final ServerLimits limits = ServerLimits.defaults()
                .change()
                .heartbeat(Duration.ofSeconds(1)) // on a busy machine the healthy one may be late
                .done();
        try (TestServer server = TestServer.start(builder -> builder.limits(limits));
                TestProxy proxy = new TestProxy(server.port(), 1);
                Client client = new Client(config());
                Client healthy = server.client(new ClientConfig("healthy")
                        .sessionListener((code, reason) -> told.add("wrongly ended " + code)))) {
            client.connect(proxy.uri()).logon();
            client.publish("a", "1");
            client.publishFlush(SOON);
            proxy.stall(true);
            final String end = next();
            assertTrue(end.equals("ended TIMED_OUT") || end.equals("ended DISCONNECTED"), end);
            healthy.publish("a", "2");
            assertEquals(1, healthy.publishFlush(SOON).acknowledged(), "heartbeats keep it alive");
        }
    }

    @Test
    void messagesOfTheLastMomentAreStillTaken() {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client subscriber = server.client("subscriber")) {
            final MessageStream stream = subscriber.stream("a");
            try (Client client = server.client("publisher")) {
                client.publish("a", "last words");
                client.publishFlush(SOON);
            }
            final Message message = stream.poll(SOON);
            assertEquals("last words", message.bodyText());
        }
    }

    private ClientConfig config() {
        return new ClientConfig("publisher")
                .errorHandler(error -> told.add("error " + error.getMessage()))
                .sessionListener((code, reason) -> told.add("ended " + code));
    }

    private static FutureTask<Object> waiting(Callable<Object> call) {
        final FutureTask<Object> task = new FutureTask<>(call);
        final Thread thread = new Thread(task, "waits");
        thread.start();
        Await.until(
                "it waits", () -> thread.getState() != Thread.State.RUNNABLE && thread.getState() != Thread.State.NEW);
        return task;
    }

    private static Code codeOf(Future<?> task) throws Exception {
        try {
            task.get(20, TimeUnit.SECONDS);
            return Code.OK;
        } catch (ExecutionException e) {
            return ((TautwireException) e.getCause()).code();
        }
    }

    private static <T> T call(Callable<T> callable) {
        try {
            return callable.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String next() throws InterruptedException {
        return told.poll(20, TimeUnit.SECONDS);
    }
}
