package io.tautwire.system.e2e;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions and subscriptions that come and go while messages flow. */
@Timeout(60)
final class ChurnTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void eachSubscriptionGetsAllFromItsReplyToItsEnd() throws Exception {
        final AtomicBoolean stopped = new AtomicBoolean();
        final AtomicReference<String> fault = new AtomicReference<>();
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client publisher = server.client("publisher");
                Client subscriber = server.client("subscriber")) {
            final CompletableFuture<Void> publishing =
                    CompletableFuture.runAsync(() -> publishUntil(stopped, publisher), ChurnTest::startThread);
            for (int round = 0; round < 200; round++) {
                final long before = publisher.lastAcknowledged();
                final AtomicLong first = new AtomicLong();
                final AtomicLong last = new AtomicLong();
                final Subscription subscription = subscriber.subscribe(round % 2 == 0 ? "#" : "numbers", message -> {
                    if (!first.compareAndSet(0, message.sequence()) && message.sequence() != last.get() + 1) {
                        fault.set("sequence=" + message.sequence() + " came after " + last.get());
                    }
                    last.set(message.sequence());
                });
                final long atReply = publisher.counters().published();
                Await.until("received", () -> last.get() > atReply);
                assertTrue(first.get() > before, "live, not from the past");
                assertTrue(first.get() <= atReply + 1, "all from the reply on: " + first.get() + " " + atReply);
                subscription.close();
            }
            stopped.set(true);
            publishing.get(20, TimeUnit.SECONDS);
            assertNull(fault.get());
            assertEquals(0, publisher.publishFlush(SOON).refused());
        }
    }

    @Test
    void threadsThatConnectAndDisconnectOneClientDoNotHarmIt() throws Exception {
        final AtomicBoolean stopped = new AtomicBoolean();
        final Numbered received = new Numbered(1);
        final Set<Code> expected =
                EnumSet.of(Code.CONFIGURATION_INVALID, Code.NOT_CONNECTED, Code.DISCONNECTED, Code.CLOSED);
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client subscriber = server.client("subscriber");
                Client client = new Client("publisher")) {
            subscriber.subscribe("numbers", received);
            final CompletableFuture<Void> publishing =
                    CompletableFuture.runAsync(() -> publishUntil(stopped, client), ChurnTest::startThread);
            final List<CompletableFuture<Void>> others = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
                others.add(CompletableFuture.runAsync(
                        () -> {
                            for (int round = 0; round < 100; round++) {
                                try {
                                    client.connect(server.uri()).logon();
                                    client.disconnect();
                                } catch (TautwireException e) {
                                    assertTrue(expected.contains(e.code()), e.getMessage());
                                }
                            }
                        },
                        ChurnTest::startThread));
            }
            for (final CompletableFuture<Void> other : others) {
                other.get(50, TimeUnit.SECONDS);
            }
            stopped.set(true);
            publishing.get(20, TimeUnit.SECONDS);
            client.disconnect();
            client.connect(server.uri()).logon();
            final long all = client.counters().published();
            assertEquals(new FlushResult(all, all, 0), client.publishFlush(SOON));
            Await.until("received", all, received::received);
            assertNull(received.fault());
            assertEquals(all, server.counters().appended());
        }
    }

    @Test
    void aClientIsLetInAgainWhileTheServerStillHoldsItsLostConnection() throws Exception {
        final Numbered received = new Numbered(1);
        try (TestServer server = TestServer.start(Carrier.USUAL);
                TestProxy proxy = new TestProxy(server.port(), 1);
                Client subscriber = server.client("subscriber");
                Client client = new Client("publisher")) {
            subscriber.subscribe("numbers", received);
            proxy.keepServerSide(true);
            int published = 0;
            for (int round = 0; round < 5; round++) {
                final CompletableFuture<Code> ended = new CompletableFuture<>();
                client.sessionListener((code, reason) -> ended.complete(code));
                client.connect(proxy.uri() + "?reconnect=false").logon(); // anonymous, but the same incarnation
                for (int i = 0; i < 1000; i++) {
                    Numbered.publish(client, published++);
                }
                proxy.cutClients();
                assertEquals(Code.DISCONNECTED, ended.get(20, TimeUnit.SECONDS));
            }
            client.connect(server.uri()).logon();
            assertEquals(new FlushResult(published, published, 0), client.publishFlush(SOON));
            Await.until("received", published, received::received);
            assertNull(received.fault());
            assertEquals(published, server.counters().appended());
        }
    }

    @Test
    void aSessionReplacedInTheMiddleOfAStreamOfMessagesLosesNone() throws Exception {
        final int rounds = 50;
        final int perRound = 500;
        final List<Numbered> received = List.of(new Numbered(1), new Numbered(1));
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client subscriber = server.client("subscriber");
                Client one = new Client("fighter");
                Client two = new Client("fighter")) {
            final List<Client> both = List.of(one, two);
            subscriber.subscribe("numbers", message -> received.get(message.incarnation() == one.incarnation() ? 0 : 1)
                    .onMessage(message));
            for (int round = 0; round < rounds; round++) {
                final Client client = both.get(round % 2);
                final int first = round / 2 * perRound;
                client.disconnect();
                client.connect(server.uri("alice")).logon(); // replaces the other one in the middle of its sending
                for (int i = first; i < first + perRound; i++) {
                    Numbered.publish(client, i);
                }
            }
            final int each = rounds / 2 * perRound;
            for (int i = 0; i < 2; i++) {
                both.get(i).disconnect();
                both.get(i).connect(server.uri("alice")).logon();
                assertEquals(new FlushResult(each, each, 0), both.get(i).publishFlush(SOON));
                Await.until("received", each, received.get(i)::received);
                assertNull(received.get(i).fault());
            }
            assertEquals(2 * each, server.counters().appended());
        }
    }

    @Test
    void messagesLongerThanTheWindowPassOneByOne() {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client publisher = server.client("publisher");
                Client subscriber = server.client(new ClientConfig("subscriber").windowBytes(4096))) {
            final AtomicLong handled = new AtomicLong();
            subscriber.subscribe("large", message -> handled.addAndGet(message.bodyLength()));
            final MessageStream stream =
                    subscriber.stream("large", StreamConfig.defaults().withWindowBytes(4096));
            final int length = 900_000;
            for (int i = 0; i < 20; i++) {
                publisher.publish("large", new byte[i % 3 == 0 ? length : 10]);
            }
            publisher.publishFlush(SOON);
            for (int i = 0; i < 20; i++) {
                final Message message = stream.poll(SOON);
                assertNotNull(message, "message " + i);
                assertEquals(i % 3 == 0 ? length : 10, message.bodyLength());
                assertEquals(i + 1, message.sequence());
            }
            Await.until("handled", 7L * length + 130, handled::get);
        }
    }

    @Test
    void aMessageThatIsTooLongForASubscriberIsToldAsAGapInItsPlace() throws Exception {
        final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client publisher = server.client("publisher");
                Client subscriber = new Client(new ClientConfig("subscriber")
                        .errorHandler(error ->
                                told.add(((TautwireException) error).code().name())))) {
            subscriber.connect(server.uri() + "&max_frame=16KiB").logon();
            subscriber.subscribe("a", message -> told.add("got " + message.sequence()));
            publisher.publish("a", "short");
            publisher.publish("a", new byte[20_000]);
            publisher.publish("a", "short");
            assertEquals(3, publisher.publishFlush(SOON).acknowledged());
            assertEquals("got 1", told.poll(20, TimeUnit.SECONDS));
            assertEquals("MESSAGE_GAP", told.poll(20, TimeUnit.SECONDS));
            assertEquals("got 3", told.poll(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void aHandlerThatPublishesIntoAFullStoreIsToldAndDoesNotHang() throws Exception {
        final CompletableFuture<String> refused = new CompletableFuture<>();
        final ClientConfig tiny = new ClientConfig("echo").storeBytes(64 * 1024).maxFrame(16 * 1024);
        try (TestServer server = TestServer.start(Carrier.USUAL);
                Client asking = server.client("asking");
                Client client = server.client(tiny)) {
            client.subscribe("ask", message -> {
                try {
                    for (int i = 0; i < 1000; i++) {
                        client.publish("answer", new byte[1000]);
                    }
                    refused.complete("never full");
                } catch (TautwireException e) {
                    refused.complete(e.code().name());
                }
            });
            asking.publish("ask", "");
            assertEquals("WOULD_DEADLOCK", refused.get(20, TimeUnit.SECONDS));
            client.publishFlush(SOON);
            assertEquals(0, client.outstanding());
        }
    }

    @Test
    void whoWaitsMayBeInterrupted() throws Exception {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                TestProxy proxy = new TestProxy(server.port(), 1);
                Client client = new Client("client")) {
            client.connect(proxy.uri()).logon();
            final MessageStream stream = client.stream("a");
            proxy.stall(true);
            client.publish("b", "");
            assertInterrupts(client::publishFlush);
            assertInterrupts(stream::next);
            proxy.stall(false);
            assertEquals(1, client.publishFlush(SOON).acknowledged());
            client.publish("a", "still works");
            assertEquals("still works", stream.poll(SOON).bodyText());
        }
    }

    private static void assertInterrupts(Runnable waits) throws Exception {
        final CompletableFuture<Code> code = new CompletableFuture<>();
        final AtomicBoolean flag = new AtomicBoolean();
        final Thread thread = new Thread(() -> {
            try {
                waits.run();
                code.complete(Code.OK);
            } catch (TautwireException e) {
                flag.set(Thread.currentThread().isInterrupted());
                code.complete(e.code());
            }
        });
        thread.start();
        Await.until(
                "it waits",
                () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
        assertFalse(code.isDone());
        thread.interrupt();
        assertEquals(Code.INTERRUPTED, code.get(20, TimeUnit.SECONDS));
        thread.join();
        assertTrue(flag.get(), "the flag is set again");
    }

    /** A thread each: the common pool of a small machine has one, which JDK 25 lets the first task keep. */
    private static void startThread(Runnable task) {
        new Thread(task, "churn").start();
    }

    private static void publishUntil(AtomicBoolean stopped, Client client) {
        int next = 0;
        while (!stopped.get()) {
            Numbered.publish(client, next++);
            if (client.outstanding() > 5000) {
                Await.moment();
            }
        }
    }
}
