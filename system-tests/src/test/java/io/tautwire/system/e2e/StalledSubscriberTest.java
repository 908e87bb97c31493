package io.tautwire.system.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.client.FlushResult;
import io.tautwire.client.Message;
import io.tautwire.client.MessageStream;
import io.tautwire.client.Publication;
import io.tautwire.client.StreamConfig;
import io.tautwire.codec.sbe.Code;
import io.tautwire.server.ServerLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A subscriber stops reading while others go on; when it reads again it gets all, or is told what it missed. */
@Timeout(60)
final class StalledSubscriberTest {
    private static final int MESSAGES = 20_000;
    private static final int BODY_LENGTH = 1000;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern RANGE = Pattern.compile("fromPosition=(\\d+) toPosition=(\\d+)");

    private final Numbered others = new Numbered(1);
    private final Numbered stalled = new Numbered(1);

    /** Positions [from, to). */
    private record Range(long from, long to) {}

    private static List<Carrier> carriers() {
        return Carrier.all();
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void aStreamThatNobodyTakesFromHoldsNobodyUp(Carrier carrier) {
        try (TestServer server = TestServer.start(carrier);
                Client publisher = server.client("publisher");
                Client fast = server.client("fast");
                Client slow = server.client("slow")) {
            final MessageStream stream =
                    slow.stream("numbers", StreamConfig.defaults().withWindowBytes(64 * 1024));
            fast.subscribe("numbers", others);
            publishAll(publisher);
            assertAllCame(others);
            assertTrue(stream.received() < MESSAGES / 10, "the window holds the others back: " + stream.received());
            assertTrue(server.counters().creditWaits() > 0);
            assertEquals(new FlushResult(1, 1, 0), publishAndFlush(slow), "its session goes on");
            takeAll(stream);
            assertAllCame(stalled);
        }
    }

    @Test
    void aConnectionThatIsNotReadHoldsNobodyUp() throws Exception {
        final ClientConfig wide = new ClientConfig("slow").windowBytes(1L << 30);
        try (TestServer server = TestServer.start(Carrier.USUAL);
                TestProxy proxy = new TestProxy(server.port(), 1);
                Client publisher = server.client("publisher");
                Client fast = server.client("fast");
                Client slow = new Client(wide)) {
            slow.connect(proxy.uri()).logon();
            slow.subscribe("numbers", stalled);
            fast.subscribe("numbers", others);
            proxy.stall(true);
            publishAll(publisher);
            assertAllCame(others);
            assertTrue(stalled.received() < MESSAGES, "not all of it fits into sockets and output");
            assertTrue(server.counters().outputWaits() > 0);
            proxy.stall(false);
            assertAllCame(stalled);
            assertEquals(0, server.counters().gaps());
        }
    }

    @Test
    void aHandlerThatBlocksHoldsNobodyElseUp() {
        final BlockingQueue<Integer> permits = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client publisher = server.client("publisher");
                Client slow = server.client(new ClientConfig("slow").windowBytes(16 * 1024));
                Client fast = server.client("fast")) {
            slow.subscribe("numbers", message -> {
                take(permits);
                stalled.onMessage(message);
            });
            fast.subscribe("numbers", others);
            publishAll(publisher);
            assertAllCame(others);
            for (int i = 0; i < MESSAGES; i++) {
                permits.add(i);
            }
            assertAllCame(stalled);
        }
    }

    @Test
    void aSlowHandlerIsNotTakenForADeadPeer() throws Exception {
        final BlockingQueue<Code> ends = new LinkedBlockingQueue<>();
        final int count = 25;
        final CountDownLatch handled = new CountDownLatch(count);
        final ServerLimits limits = ServerLimits.defaults()
                .change()
                .heartbeat(Duration.ofSeconds(2))
                .done();
        final ClientConfig config = new ClientConfig("slow").sessionListener((code, reason) -> ends.add(code));
        try (TestServer server = TestServer.start(builder -> builder.limits(limits));
                Client publisher = server.client("publisher");
                Client slow = server.client(config)) {
            slow.subscribe("numbers", message -> {
                LockSupport.parkNanos(200_000_000); // in all, longer than the two heartbeats that make a peer dead
                handled.countDown();
            });
            for (int i = 0; i < count; i++) {
                publisher.publish("numbers", "one of the many that are read at once");
            }
            assertTrue(handled.await(SOON.toSeconds(), TimeUnit.SECONDS), "left=" + handled.getCount());
            slow.subscribe("others", message -> {}); // an answer that comes behind any Goodbye
            assertNull(ends.poll(), "the session goes on");
        }
    }

    @Test
    void whoIsLappedIsToldTheRangeAndGetsTheRest() {
        final List<Long> allPositions = new ArrayList<>();
        final BlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
        final ServerLimits limits =
                ServerLimits.defaults().change().maxFrame(16 * 1024).done();
        try (TestServer server =
                        TestServer.start(builder -> builder.limits(limits).journalBytes(1 << 20));
                Client publisher = server.client("publisher");
                Client fast = server.client("fast");
                Client slow = server.client(new ClientConfig("slow").errorHandler(told::add))) {
            final MessageStream stream =
                    slow.stream("numbers", StreamConfig.defaults().withWindowBytes(64 * 1024));
            fast.subscribe("numbers", message -> {
                allPositions.add(message.position());
                others.onMessage(message);
            });
            publishInSteps(publisher);
            assertAllCame(others);
            final List<Long> got = new ArrayList<>();
            Message message = stream.poll(SOON);
            while (message != null && !isLast(message)) {
                got.add(message.position());
                message = stream.poll(SOON);
            }
            assertNotNull(message, "the last one is still there");
            got.add(message.position());
            final List<Range> gaps =
                    told.stream().map(StalledSubscriberTest::range).toList();
            assertEquals(server.counters().gaps(), gaps.size());
            assertTrue(!gaps.isEmpty());
            assertEquals(without(allPositions, gaps), got, "each message came or lies in a range that was told");
        }
    }

    private static List<Long> without(List<Long> positions, List<Range> gaps) {
        return positions.stream()
                .filter(at -> gaps.stream().noneMatch(gap -> gap.from <= at && at < gap.to))
                .toList();
    }

    private static Range range(Throwable error) {
        assertEquals(Code.MESSAGE_GAP, ((TautwireException) error).code());
        final Matcher matcher = RANGE.matcher(error.getMessage());
        assertTrue(matcher.find(), error.getMessage());
        return new Range(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    private static boolean isLast(Message message) {
        return message.sequence() == MESSAGES;
    }

    /** So that the fast one is not lapped, too: it gets a quarter of the journal at a time. */
    private void publishInSteps(Client client) {
        for (int first = 0; first < MESSAGES; first += 200) {
            publish(client, first, 200);
            client.publishFlush(SOON);
            Await.until("received", first + 200, others::received);
        }
    }

    private static void publishAll(Client client) {
        publish(client, 0, MESSAGES);
        assertEquals(new FlushResult(MESSAGES, MESSAGES, 0), client.publishFlush(SOON));
    }

    private static void publish(Client client, int first, int count) {
        final Publication publication = client.publication("numbers");
        final UnsafeBuffer body = new UnsafeBuffer(new byte[BODY_LENGTH]);
        for (int i = first; i < first + count; i++) {
            Numbered.put(body, 0, 0, i);
            publication.publish(body, 0, BODY_LENGTH);
        }
    }

    private static FlushResult publishAndFlush(Client client) {
        client.publish("elsewhere", "");
        return client.publishFlush(SOON);
    }

    private void takeAll(MessageStream stream) {
        while (stalled.received() < MESSAGES) {
            final Message message = stream.poll(SOON);
            assertNotNull(message, "received=" + stalled.received());
            stalled.onMessage(message);
        }
    }

    private static void assertAllCame(Numbered subscriber) {
        Await.until("received", MESSAGES, subscriber::received);
        assertNull(subscriber.fault());
        assertEquals(MESSAGES, subscriber.received());
    }

    private static void take(BlockingQueue<Integer> permits) {
        try {
            permits.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
