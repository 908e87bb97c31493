package io.tautwire.system.e2e;

import static io.tautwire.system.e2e.Codes.assertCode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.client.BufferClaim;
import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.client.FlushResult;
import io.tautwire.client.FullPolicy;
import io.tautwire.client.Message;
import io.tautwire.client.Publication;
import io.tautwire.client.PublicationSpec;
import io.tautwire.codec.Headers;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.server.AccessPolicy;
import io.tautwire.server.ServerLimits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a publisher is promised: outcomes, refusals, flushes, back pressure, limits. */
@Timeout(60)
final class PublishTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Headers HEADERS = Headers.builder()
            .add("venue", "bitstamp")
            .add("raw", new byte[] {0, 1, -1})
            .build();

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    private static List<Carrier> carriers() {
        return Carrier.all();
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void everyPartOfAMessageArrives(Carrier carrier) throws Exception {
        try (TestServer server = TestServer.start(carrier);
                Client client = server.client("pricer-1")) {
            client.subscribe("trades/#", message -> {
                told.add(describe(message));
                assertTrue(message.timestampNs() > 0);
                assertTrue(message.bookmark().text().endsWith("." + message.position()));
                assertEquals(client.incarnation(), message.incarnation());
            });
            client.errorHandler(error -> told.add(error.toString()));
            client.publication(spec("trades/BTCUSD")).publish("{\"px\":800.01}");
            assertEquals("1 pricer-1 trades/BTCUSD [venue=bitstamp raw=0,1,-1] id=0,-7 reply {\"px\":800.01}", next());
            client.publish("trades/empty", "");
            client.publish("trades/bytes", "b".getBytes(UTF_8));
            client.publish("trades/buffer", ByteBuffer.wrap("xbx".getBytes(UTF_8), 1, 1));
            client.publish("trades/direct", new UnsafeBuffer("xbx".getBytes(UTF_8)), 1, 1);
            client.publish("trades/text", "\u00e9\ud83d\ude00");
            assertEquals("2 pricer-1 trades/empty [] id=  ", next());
            assertEquals("3 pricer-1 trades/bytes [] id=  b", next());
            assertEquals("4 pricer-1 trades/buffer [] id=  b", next());
            assertEquals("5 pricer-1 trades/direct [] id=  b", next());
            assertEquals("6 pricer-1 trades/text [] id=  \u00e9\ud83d\ude00", next());
        }
    }

    @Test
    void aClaimIsEncodedInPlaceShortenedOrGivenUp() throws Exception {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = server.client("pricer-1")) {
            client.subscribe("#", message -> told.add(message.sequence() + " " + message.bodyText()));
            final Publication publication = client.publication("trades");
            final BufferClaim claim = new BufferClaim();
            assertEquals(1, publication.tryClaim(100, claim));
            claim.abort();
            assertEquals(1, publication.tryClaim(100, claim));
            final CompletableFuture<Long> other = CompletableFuture.supplyAsync(() -> publication.offer("no"));
            assertEquals(Publication.BUSY, other.get(10, TimeUnit.SECONDS));
            claim.buffer().putStringWithoutLengthAscii(claim.offset(), "in place");
            assertEquals(1, claim.commit(8));
            assertEquals(2, publication.offer("next"));
            assertEquals("1 in place", next());
            assertEquals("2 next", next());
        }
    }

    @Test
    void oneRefusalAmongFiveIsNeverFoldedIn() throws Exception {
        try (TestServer server = TestServer.start(builder -> builder.accessPolicy(new NothingSecret()));
                Client subscriber = server.client("subscriber");
                Client client = new Client("pricer-1")) {
            subscriber.subscribe("#", message -> told.add("got " + message.sequence()));
            client.ackListener(this::onAck);
            client.failedPublishHandler((message, code, reason) -> {
                assertEquals(0, message.position());
                told.add("back " + code + " " + describe(message));
            });
            publishFiveThirdRefused(client);
            client.connect(server.uri()).logon();
            assertEquals(new FlushResult(5, 4, 1), client.publishFlush(SOON));
            final List<String> mine = new ArrayList<>();
            final List<String> others = new ArrayList<>();
            while (mine.size() < 4 || others.size() < 4) {
                final String next = next();
                (next.startsWith("got") ? others : mine).add(next);
            }
            assertEquals(
                    List.of(
                            "ack 1-2 OK RECEIVED",
                            "back NOT_ENTITLED 3 pricer-1 secret/x [venue=bitstamp raw=0,1,-1] id=0,-7 reply three",
                            "ack 3-3 NOT_ENTITLED",
                            "ack 4-5 OK RECEIVED"),
                    mine);
            assertEquals(List.of("got 1", "got 2", "got 4", "got 5"), others);
            assertEquals(1, client.counters().refused());
            assertEquals(1, server.counters().refused());
            assertEquals(4, server.counters().appended());
        }
    }

    @Test
    void aBodyOverTheServersLimitComesBack() throws Exception {
        final ServerLimits limits =
                ServerLimits.defaults().change().maxBody(100).done();
        try (TestServer server = TestServer.start(builder -> builder.limits(limits));
                Client client = server.client("pricer-1")) {
            client.failedPublishHandler(
                    (message, code, reason) -> told.add(code + " " + message.bodyLength() + " " + reason));
            client.publish("trades", new byte[100]);
            client.publish("trades", new byte[101]);
            client.publish("trades", new byte[99]);
            assertEquals(new FlushResult(3, 2, 1), client.publishFlush(SOON));
            final String back = next();
            assertTrue(back.startsWith("MESSAGE_TOO_LARGE 101 "), back);
            assertTrue(back.contains("100"), back);
        }
    }

    @Test
    void aTopicOrReplyToThatIsNoneIsRefusedAtOnce() {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = server.client("pricer-1")) {
            assertCode(
                    Code.TOPIC_INVALID,
                    () -> client.publication(PublicationSpec.of("a").withReplyTo("a//b")));
            assertCode(Code.TOPIC_INVALID, () -> client.publish("a/#", ""));
            assertCode(Code.TOPIC_INVALID, () -> client.publish("", ""));
            assertEquals(0, client.counters().published());
        }
    }

    @Test
    void aFlushThatIsLateSaysHowManyAreOutstandingFromWhere() {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = new Client("pricer-1")) {
            client.publish("trades", "1");
            client.publish("trades", "2");
            client.connect(server.uri());
            final TautwireException late = assertCode(Code.TIMED_OUT, () -> client.publishFlush(Duration.ofMillis(20)));
            assertTrue(late.getMessage().contains("outstanding=2 from=1"), late.getMessage());
            client.logon();
            assertEquals(new FlushResult(2, 2, 0), client.publishFlush(SOON));
            client.disconnect();
            client.publish("trades", "3");
            final TautwireException again = assertCode(Code.TIMED_OUT, () -> client.publishFlush(Duration.ZERO));
            assertTrue(again.getMessage().contains("outstanding=1 from=3"), again.getMessage());
            assertEquals(1, client.outstanding());
            assertEquals(3, client.lowestOutstanding());
            assertEquals(2, client.lastAcknowledged());
        }
    }

    @Test
    void aFlushDoesNotWaitForWhatIsPublishedLater() throws Exception {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                TestProxy proxy = new TestProxy(server.port(), 1);
                Client client = new Client("pricer-1")) {
            client.publish("trades", "before");
            final CompletableFuture<FlushResult> flush = client.publishFlushAsync();
            client.ackListener((from, to, code, reason, level) -> {
                proxy.stall(true); // nothing later can be acknowledged
                client.publish("trades", "later");
            });
            client.connect(proxy.uri()).logon();
            assertTrue(flush.get(20, TimeUnit.SECONDS).acknowledged() >= 1);
            assertTrue(client.outstanding() >= 1);
            proxy.stall(false);
        }
    }

    @Test
    void aTinyStorePushesBack() throws Exception {
        final ClientConfig config =
                new ClientConfig("pricer-1").storeBytes(64 * 1024).maxFrame(16 * 1024);
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client waits = new Client(config.publishTimeout(Duration.ofMillis(50)));
                Client fails = new Client(config.fullPolicy(FullPolicy.FAIL))) {
            for (final Client client : List.of(waits, fails)) {
                final long stored = fill(client);
                final TautwireException full =
                        assertCode(Code.BACK_PRESSURED, () -> client.publish("trades", new byte[1000]));
                assertTrue(full.getMessage().contains("pricer-1"), full.getMessage());
                assertEquals(stored, client.outstanding());
            }
            waits.connect(server.uri()).logon();
            waits.publishFlush(SOON);
            assertTrue(waits.publication("trades").offer(new byte[1000]) > 0, "there is room again");
        }
    }

    @Test
    void publishWaitsForRoom() throws Exception {
        final ClientConfig config =
                new ClientConfig("pricer-1").storeBytes(64 * 1024).maxFrame(16 * 1024);
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = new Client(config)) {
            final long stored = fill(client);
            final CompletableFuture<Long> waiting =
                    CompletableFuture.supplyAsync(() -> client.publish("trades", new byte[1000]));
            client.connect(server.uri()).logon();
            assertEquals(stored + 1, waiting.get(20, TimeUnit.SECONDS));
            for (int i = 0; i < 2000; i++) {
                client.publish("trades", new byte[1000]);
            }
            assertEquals(stored + 2001, client.publishFlush(SOON).acknowledged());
        }
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void largeMessagesPassUpToTheLimitAndNoFurther(Carrier carrier) throws Exception {
        final int maxFrame = 8 << 20;
        final ServerLimits limits = ServerLimits.defaults()
                .change()
                .maxFrame(maxFrame)
                .outputBytes(maxFrame + (1 << 20))
                .done();
        final String option = "&max_frame=" + maxFrame;
        try (TestServer server = TestServer.start(carrier, builder -> builder.limits(limits));
                Client client = new Client(new ClientConfig("pricer-1").maxFrame(maxFrame));
                Client subscriber = new Client("subscriber")) {
            client.connect(server.uri() + option).logon();
            subscriber.connect(server.uri() + option).logon();
            final BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
            subscriber.subscribe("large", message -> bodies.add(message.bodyBytes()));
            final Publication publication = client.publication("large");
            final int most = longest(publication, maxFrame);
            for (final int length : new int[] {0, 65_536, 1 << 20, most - 1, most}) {
                final byte[] body = new byte[length];
                new Random(length).nextBytes(body);
                assertTrue(publication.publish(body) > 0);
                assertArrayEquals(body, bodies.poll(20, TimeUnit.SECONDS));
            }
            assertEquals(Publication.TOO_LARGE, publication.offer(new byte[most + 1]));
            assertCode(Code.MESSAGE_TOO_LARGE, () -> publication.publish(new byte[most + 1]));
        }
    }

    @Test
    void theServersSmallerLimitIsTheClientsOnceLoggedOn() throws Exception {
        final ServerLimits limits =
                ServerLimits.defaults().change().maxFrame(16 * 1024).done();
        try (TestServer server = TestServer.start(builder -> builder.limits(limits));
                Client client = new Client("pricer-1")) {
            client.failedPublishHandler((message, code, reason) -> told.add(code + " " + message.bodyLength()));
            client.publish("large", new byte[100_000]); // nobody knows yet that it is too large
            client.publish("large", new byte[1]);
            client.connect(server.uri()).logon();
            assertEquals(new FlushResult(2, 1, 1), client.publishFlush(SOON));
            assertEquals("MESSAGE_TOO_LARGE 100000", next());
            assertEquals(Publication.TOO_LARGE, client.publication("large").offer(new byte[100_000]));
        }
    }

    private static int longest(Publication publication, int maxFrame) {
        final BufferClaim claim = new BufferClaim();
        int most = maxFrame;
        while (publication.tryClaim(most, claim) == Publication.TOO_LARGE) {
            most--;
        }
        claim.abort();
        return most;
    }

    private static long fill(Client client) {
        final Publication publication = client.publication("trades");
        long last = 0;
        long next = publication.offer(new byte[1000]);
        while (next > 0) {
            last = next;
            next = publication.offer(new byte[1000]);
        }
        assertEquals(Publication.BACK_PRESSURED, next);
        return last;
    }

    private static void publishFiveThirdRefused(Client client) {
        client.publish("trades", "one");
        client.publish("trades", "two");
        client.publication(spec("secret/x")).publish("three");
        client.publish("trades", "four");
        client.publish("trades", "five");
    }

    private static PublicationSpec spec(String topic) {
        return PublicationSpec.of(topic)
                .withHeaders(HEADERS)
                .withCorrelationId(new byte[] {0, -7})
                .withReplyTo("reply");
    }

    private static String describe(Message message) {
        final StringBuilder headers = new StringBuilder();
        final var view = message.headers();
        while (view.next()) {
            headers.append(headers.isEmpty() ? "" : " ").append(view.name()).append('=');
            headers.append(view.name().equals("raw") ? bytes(view.valueBytes()) : view.value());
        }
        return message.sequence() + " " + message.clientName() + " " + message.topic() + " [" + headers + "] id="
                + bytes(message.correlationId()) + " " + message.replyTo() + " " + message.bodyText();
    }

    private static String bytes(byte[] bytes) {
        final StringBuilder text = new StringBuilder();
        for (final byte b : bytes) {
            text.append(text.isEmpty() ? "" : ",").append(b);
        }
        return text.toString();
    }

    private void onAck(long from, long to, Code code, String reason, AckLevel level) {
        told.add("ack " + from + "-" + to + " " + code + (code == Code.OK ? " " + level : ""));
    }

    private String next() throws InterruptedException {
        return told.poll(20, TimeUnit.SECONDS);
    }

    /** Nobody may publish below {@code secret}. */
    private static final class NothingSecret implements AccessPolicy {
        @Override
        public boolean mayPublish(String user, String topic) {
            return !topic.startsWith("secret/");
        }

        @Override
        public boolean maySubscribe(String user, String pattern) {
            return true;
        }
    }
}
