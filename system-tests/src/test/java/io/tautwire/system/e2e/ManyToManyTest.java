package io.tautwire.system.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tautwire.client.Client;
import io.tautwire.client.FlushResult;
import io.tautwire.client.Message;
import io.tautwire.client.MessageStream;
import io.tautwire.client.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 100,000 messages from four threads to three subscribers: none lost, doubled, or out of its thread's order. */
@Timeout(60)
final class ManyToManyTest {
    private static final int THREADS = 4;
    private static final int PER_THREAD = 25_000;
    private static final int ALL = THREADS * PER_THREAD;

    private static List<Carrier> carriers() {
        return Carrier.all();
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void fourThreadsOfOneClient(Carrier carrier) throws Exception {
        try (TestServer server = TestServer.start(carrier);
                Client client = server.client("publisher")) {
            run(server, List.of(client, client, client, client));
            assertEquals(ALL, client.counters().published());
            assertEquals(ALL, client.counters().acknowledged());
            assertEquals(ALL, client.counters().sent(), "nothing was sent twice");
            assertEquals(ALL, client.lastAcknowledged());
            assertEquals(new FlushResult(ALL, ALL, 0), client.publishFlush());
        }
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void fourClients(Carrier carrier) throws Exception {
        final List<Client> clients = new ArrayList<>();
        try (TestServer server = TestServer.start(carrier)) {
            IntStream.range(0, THREADS).forEach(i -> clients.add(server.client("publisher-" + i)));
            run(server, clients);
            for (final Client client : clients) {
                assertEquals(new FlushResult(PER_THREAD, PER_THREAD, 0), client.publishFlush());
            }
        } finally {
            CloseHelper.quietCloseAll(clients);
        }
    }

    private static void run(TestServer server, List<Client> publishers) throws Exception {
        final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        final Numbered all = new Numbered(THREADS);
        final Numbered narrower = new Numbered(THREADS);
        final Numbered streamed = new Numbered(THREADS);
        try (Client one = server.client("subscriber-1");
                Client two = server.client("subscriber-2");
                Client three = server.client("subscriber-3")) {
            one.subscribe("#", all);
            two.subscribe("numbers/+", narrower);
            final MessageStream stream = three.stream("numbers/#");
            final CompletableFuture<Void> taking = CompletableFuture.runAsync(() -> take(stream, streamed), threads);
            final List<CompletableFuture<Void>> publishing = IntStream.range(0, THREADS)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> publish(publishers.get(i), i), threads))
                    .toList();
            for (final CompletableFuture<Void> done : publishing) {
                done.get(50, TimeUnit.SECONDS);
            }
            Await.until("received", ALL, all::received);
            Await.until("received", ALL, narrower::received);
            taking.get(50, TimeUnit.SECONDS);
            for (final Numbered subscriber : List.of(all, narrower, streamed)) {
                assertNull(subscriber.fault());
                assertEquals(ALL, subscriber.received());
            }
            assertEquals(ALL, stream.received());
            assertCountersAgree(server, List.of(one, two, three));
        } finally {
            threads.shutdownNow();
        }
    }

    private static void publish(Client client, int thread) {
        final Publication publication = client.publication("numbers/" + thread);
        final UnsafeBuffer body = new UnsafeBuffer(new byte[Numbered.LENGTH]);
        for (int i = 0; i < PER_THREAD; i++) {
            Numbered.put(body, 0, thread, i);
            publication.publish(body, 0, Numbered.LENGTH);
        }
        final FlushResult result = client.publishFlush();
        assertEquals(0, result.refused());
        assertEquals(result.upToSequence(), result.acknowledged());
    }

    private static void take(MessageStream stream, Numbered into) {
        for (final Message message : stream) {
            into.onMessage(message);
            if (into.received() == ALL) {
                return;
            }
        }
    }

    private static void assertCountersAgree(TestServer server, List<Client> subscribers) {
        assertEquals(ALL, server.counters().received());
        assertEquals(ALL, server.counters().appended());
        assertEquals(0, server.counters().refused());
        assertEquals(0, server.counters().duplicates());
        assertEquals(3L * ALL, server.counters().delivered(), "one copy for each session");
        for (final Client subscriber : subscribers) {
            Await.until("received", ALL, subscriber.counters()::received);
            assertEquals(ALL, subscriber.counters().received());
            assertEquals(0, subscriber.counters().unclaimed());
        }
    }
}
