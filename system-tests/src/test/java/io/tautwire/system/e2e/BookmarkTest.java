package io.tautwire.system.e2e;

import static io.tautwire.system.e2e.Codes.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.client.BookmarkStore;
import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.client.Message;
import io.tautwire.client.MessageStream;
import io.tautwire.client.StartPoint;
import io.tautwire.client.StreamConfig;
import io.tautwire.client.SubscribeOptions;
import io.tautwire.client.Subscription;
import io.tautwire.codec.Bookmark;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.NotFound;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where subscriptions begin, and what a bookmark store remembers of them. */
@Timeout(120)
final class BookmarkTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final SubscribeOptions ORDERS = SubscribeOptions.resuming("orders");

    private final ConcurrentLinkedQueue<Received> got = new ConcurrentLinkedQueue<>();

    private record Received(String body, Bookmark bookmark, boolean isPossiblyRepeated, long timestampNs) {
        static Received of(Message message) {
            return new Received(
                    message.bodyText(), message.bookmark(), message.isPossiblyRepeated(), message.timestampNs());
        }
    }

    @Test
    void aReplayBecomesLiveWithoutGapOrDoubleUnderLoad() throws Exception {
        final int count = 60_000;
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client publisher = server.client("publisher");
                Client subscriber = server.client("subscriber")) {
            final Thread publishing = new Thread(() -> publish(publisher, 0, count), "publishing");
            publishing.start();
            final List<List<Received>> all = new ArrayList<>();
            final List<Subscription> subscriptions = new ArrayList<>();
            for (int begun = 0; begun < 5; begun++) {
                final long appended = (long) begun * count / 6;
                Await.until("appended", appended, () -> server.counters().appended());
                final List<Received> here = Collections.synchronizedList(new ArrayList<>());
                all.add(here);
                subscriptions.add(subscriber.subscribe(
                        "a/#",
                        SubscribeOptions.from(StartPoint.start()).windowBytes(64 * 1024),
                        message -> here.add(Received.of(message))));
            }
            publishing.join();
            publisher.publishFlush(SOON);
            for (int i = 0; i < all.size(); i++) {
                final List<Received> here = all.get(i);
                Await.until("received", count, here::size);
                Await.until("live", subscriptions.get(i)::isLive);
                assertEquals(numbers(0, count), bodies(here));
            }
        }
    }

    @Test
    void beginsNowAtTheStartAfterABookmarkOrAtATime() {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = server.client("client")) {
            publish(client, 0, 10);
            client.subscribe("a/#", SubscribeOptions.from(StartPoint.start()), this::take);
            Await.until("received", 10, got::size);
            final List<Received> first = List.copyOf(got);
            assertEquals(numbers(0, 10), bodies(first));
            got.clear();

            final StartPoint seventh = StartPoint.parse(first.get(6).bookmark().text());
            try (Subscription later = client.subscribe("a/#", SubscribeOptions.from(seventh), this::take)) {
                Await.until("received", 3, got::size);
                Await.until("live", later::isLive);
                assertEquals(numbers(7, 10), bodies(got));
            }
            got.clear();

            final long timestampNs = first.get(4).timestampNs();
            final long before = first.stream()
                    .filter(one -> one.timestampNs() < timestampNs)
                    .count();
            final Instant time = Instant.ofEpochSecond(0, timestampNs);
            try (Subscription timed = client.subscribe("a/#", SubscribeOptions.from(StartPoint.at(time)), this::take)) {
                Await.until("live", timed::isLive);
                assertEquals(numbers((int) before, 10), bodies(got));
            }
            got.clear();

            try (Subscription live = client.subscribe("a/#", this::take)) {
                assertTrue(live.isLive());
                publish(client, 10, 11);
                Await.until("received", 2, got::size); // the first subscription is still there
                assertEquals(List.of("10", "10"), bodies(got));
            }
        }
    }

    @Test
    void aPlaceThatTheServerDoesNotHoldIsRefusedUnlessAskedOtherwise() {
        final StartPoint elsewhere = StartPoint.after(new Bookmark(0xBAD, 0, 4096));
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = server.client("client")) {
            publish(client, 0, 3);
            assertCode(
                    Code.BOOKMARK_UNKNOWN, () -> client.subscribe("a/#", SubscribeOptions.from(elsewhere), this::take));
            client.subscribe("a/#", SubscribeOptions.from(elsewhere).bookmarkNotFound(NotFound.START), this::take);
            Await.until("received", 3, got::size);
            assertEquals(numbers(0, 3), bodies(got));
            assertCode(
                    Code.SUBSCRIPTION_INVALID,
                    () -> client.subscribe("a/#", SubscribeOptions.defaults().on(AckLevel.SYNCED), this::take));
        }
    }

    @Test
    void whatIsNotDiscardedComesAgainAndSaysSo() {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                BookmarkStore store = BookmarkStore.memory()) {
            try (Client client = client(server, store)) {
                publish(client, 0, 6);
                client.subscribe("a/#", ORDERS, message -> {
                    take(message);
                    if (List.of("0", "1", "3").contains(message.bodyText())) {
                        message.discard();
                    }
                });
                Await.until("received", 6, got::size);
                Await.until("discarded", () -> store.undiscarded("orders") == 3);
            }
            assertTrue(got.stream().noneMatch(Received::isPossiblyRepeated));
            assertEquals(List.copyOf(got).get(1).bookmark(), store.mostRecent("orders"));
            got.clear();
            try (Client client = client(server, store);
                    Client publisher = server.client("publisher")) {
                publish(publisher, 6, 8);
                client.subscribe("a/#", ORDERS, this::take);
                Await.until("received", 5, got::size);
                assertEquals(List.of("2", "4", "5", "6", "7"), bodies(got));
                assertEquals(
                        List.of(true, true, true, false, false),
                        got.stream().map(Received::isPossiblyRepeated).toList());
            }
        }
    }

    @Test
    void whatIsNotDiscardedIsBoundedByTheWindowAndMakesTheServerWait() {
        final int count = 20_000;
        try (TestServer server = TestServer.start(Carrier.USUAL);
                BookmarkStore store = BookmarkStore.memory();
                Client client = client(server, store);
                Client publisher = server.client("publisher")) {
            final SubscribeOptions narrow = ORDERS.windowBytes(16 * 1024);
            final Subscription subscription = client.subscribe("a/#", narrow, this::take);
            publish(publisher, 0, count);
            publisher.publishFlush(SOON);
            final Random random = new Random(7);
            final List<Received> open = new ArrayList<>();
            for (int done = 0; done < count; ) {
                final Received next = got.poll();
                if (next != null) {
                    open.add(next);
                } else if (!open.isEmpty()) {
                    assertTrue(subscription.discard(
                            open.remove(random.nextInt(open.size())).bookmark()));
                    done++;
                }
                assertTrue(store.undiscarded("orders") <= 16 * 1024 / 64, "too many are under way");
            }
            assertEquals(0, store.undiscarded("orders"));
            assertEquals(count, subscription.received());
        }
    }

    @Test
    void aStreamMarksDiscardsAndGoesOnToo() {
        final StreamConfig patient = StreamConfig.defaults().withTimeout(SOON);
        try (TestServer server = TestServer.start(Carrier.USUAL);
                BookmarkStore store = BookmarkStore.memory();
                Client client = client(server, store)) {
            publish(client, 0, 1000);
            client.publishFlush(SOON);
            try (MessageStream stream = client.stream("a/#", ORDERS.windowBytes(8 * 1024), patient)) {
                for (int i = 0; i < 500; i++) {
                    final Message message = stream.next();
                    assertEquals("" + i, message.bodyText());
                    assertFalse(message.isPossiblyRepeated());
                    message.discard();
                }
                assertCode(Code.NAME_IN_USE, () -> client.stream("a/#", ORDERS));
            }
            try (MessageStream stream = client.stream("a/#", ORDERS, patient)) {
                for (int i = 500; i < 1000; i++) {
                    final Message message = stream.next();
                    assertEquals("" + i, message.bodyText());
                    assertTrue(stream.discard(message.bookmark()));
                }
                Await.until("live", stream::isLive);
                assertNull(stream.poll(Duration.ZERO));
            }
        }
    }

    @Test
    void aJournalThatIsAnotherOneIsTold() {
        try (BookmarkStore store = BookmarkStore.memory()) {
            for (int life = 0; life < 2; life++) {
                try (TestServer server = TestServer.start(Carrier.USUAL);
                        Client client = client(server, store)) {
                    publish(client, 0, 2);
                    if (life == 1) {
                        assertCode(Code.BOOKMARK_UNKNOWN, () -> client.subscribe("a/#", ORDERS, this::take));
                    }
                    got.clear();
                    client.subscribe("a/#", ORDERS.bookmarkNotFound(NotFound.START), message -> {
                        take(message);
                        message.discard();
                    });
                    Await.until("received", 2, got::size);
                    assertTrue(got.stream().noneMatch(Received::isPossiblyRepeated));
                }
            }
        }
    }

    @Test
    void discardingNeedsAName() {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = server.client("client");
                MessageStream stream = client.stream("a/#")) {
            publish(client, 0, 1);
            final Message message = stream.poll(SOON);
            assertCode(Code.CONFIGURATION_INVALID, message::discard);
            assertCode(Code.CONFIGURATION_INVALID, () -> stream.discard(message.bookmark()));
            assertCode(Code.CONFIGURATION_INVALID, () -> client.subscribe("a/#", ORDERS, this::take));
        }
    }

    @Test
    void aStoreThatIsClosedEndsItsSubscriptions() {
        final BookmarkStore store = BookmarkStore.memory();
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client client = client(server, store);
                MessageStream stream = client.stream("a/#", ORDERS)) {
            store.close();
            publish(client, 0, 1);
            assertNull(stream.poll(SOON));
            assertEquals(Code.CLOSED, stream.endCode());
        }
    }

    private void take(Message message) {
        got.add(Received.of(message));
    }

    private static Client client(TestServer server, BookmarkStore store) {
        final Client client = new Client(new ClientConfig("booker").bookmarkStore(store));
        client.connect(server.uri());
        client.logon();
        return client;
    }

    private static void publish(Client client, int from, int to) {
        for (int i = from; i < to; i++) {
            client.publish("a/" + i % 3, "" + i);
        }
        client.publishFlush(SOON);
    }

    private static List<String> numbers(int from, int to) {
        final List<String> numbers = new ArrayList<>();
        for (int i = from; i < to; i++) {
            numbers.add("" + i);
        }
        return numbers;
    }

    private static List<String> bodies(Iterable<Received> received) {
        final List<String> bodies = new ArrayList<>();
        received.forEach(one -> bodies.add(one.body()));
        return bodies;
    }
}
