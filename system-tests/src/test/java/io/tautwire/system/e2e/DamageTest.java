package io.tautwire.system.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.client.Client;
import io.tautwire.client.FlushResult;
import io.tautwire.client.Message;
import io.tautwire.codec.sbe.Code;
import io.tautwire.server.ServerLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bits change on the way: the session ends, nothing damaged is handed on, and nothing is lost or doubled by it. */
@Timeout(60)
final class DamageTest {
    private static final int ROUNDS = 12;
    private static final int PER_ROUND = 400;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
    private volatile String fault;
    private long lastSequence;

    private static LongStream seeds() {
        final long one = Long.getLong("tautwire.e2e.seed", 0);
        return one != 0 ? LongStream.of(one) : LongStream.rangeClosed(1, Long.getLong("tautwire.e2e.seeds", 4));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedBytesAreNeverHandedOn(long seed) throws Exception {
        final ServerLimits limits = ServerLimits.defaults()
                .change()
                .heartbeat(Duration.ofMillis(250)) // a length that grew is waited for until nothing more is heard
                .done();
        try (TestServer server = TestServer.start(builder -> builder.limits(limits));
                TestProxy proxy = new TestProxy(server.port(), seed).damageWithin(60_000);
                Client subscriber = server.client("subscriber");
                Client client = new Client("publisher")) {
            client.errorHandler(error -> fault = "error " + error);
            subscriber.subscribe("bodies", this::onMessage);
            for (int round = 0; round < ROUNDS; round++) {
                publish(client, round * PER_ROUND + 1);
                logonAndWaitForTheEnd(client, proxy);
            }
            proxy.damageWithin(0);
            client.connect(proxy.uri()).logon();
            final int all = ROUNDS * PER_ROUND;
            assertEquals(new FlushResult(all, all, 0), client.publishFlush(SOON));
            for (int i = 1; i <= all; i++) {
                assertArrayEquals(body(i), bodies.poll(20, TimeUnit.SECONDS));
            }
            assertNull(fault);
            assertEquals(all, server.counters().appended());
            assertTrue(proxy.damaged() > 3, "damaged=" + proxy.damaged());
        } catch (Throwable t) {
            throw new AssertionError("seed=" + seed + " fails; -Dtautwire.e2e.seed=" + seed + " tries it alone", t);
        }
    }

    /** Deliveries in small late pieces, and a bit that changes in them. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aSubscriberOfADamagingNetworkGetsWholeMessagesOrNone(long seed) throws Exception {
        try (TestServer server = TestServer.start(Carrier.USUAL);
                TestProxy proxy = new TestProxy(server.port(), seed).pieces(900);
                Client publisher = server.client("publisher");
                Client subscriber = new Client("subscriber")) {
            final Random random = new Random(seed);
            long published = 0;
            for (int round = 0; round < 4; round++) {
                final boolean isDamaging = round % 2 == 1;
                proxy.damageWithin(isDamaging ? 50 * (5_000 + random.nextInt(100_000)) : 0);
                final CompletableFuture<Code> ended = new CompletableFuture<>();
                subscriber.sessionListener((code, reason) -> ended.complete(code));
                lastSequence = published;
                try {
                    subscriber.connect(proxy.uri() + "?reconnect=false").logon();
                    subscriber.subscribe("bodies", this::onMessage);
                } catch (TautwireException e) {
                    assertTrue(isDamaging, e.toString());
                }
                publish(publisher, published + 1);
                published += PER_ROUND;
                assertEquals(published, publisher.publishFlush(SOON).acknowledged());
                if (!isDamaging) {
                    final long upTo = published;
                    Await.until("received", () -> lastReceived() == upTo);
                }
                subscriber.disconnect();
                assertNull(fault);
                for (final byte[] body : bodies) {
                    assertArrayEquals(body(number(body)), body);
                }
                bodies.clear();
            }
        } catch (Throwable t) {
            throw new AssertionError("seed=" + seed + " fails; -Dtautwire.e2e.seed=" + seed + " tries it alone", t);
        }
    }

    private static void logonAndWaitForTheEnd(Client client, TestProxy proxy) throws Exception {
        final CompletableFuture<Code> ended = new CompletableFuture<>();
        client.sessionListener((code, reason) -> ended.complete(code));
        try {
            client.connect(proxy.uri() + "?reconnect=false&logon_timeout=500ms").logon();
            CompletableFuture.anyOf(ended, client.publishFlushAsync()).get(20, TimeUnit.SECONDS);
        } catch (TautwireException e) {
            assertNotEquals(Code.INTERNAL, e.code(), e.getMessage());
        }
        client.disconnect();
    }

    private synchronized long lastReceived() {
        return lastSequence;
    }

    private synchronized void onMessage(Message message) {
        if (message.sequence() != lastSequence + 1) {
            fault = "sequence=" + message.sequence() + " came after " + lastSequence;
        }
        lastSequence = message.sequence();
        bodies.add(message.bodyBytes());
    }

    private static void publish(Client client, long first) {
        for (long i = first; i < first + PER_ROUND; i++) {
            client.publish("bodies", body(i));
        }
    }

    /** A body that tells its number and is known from it: mostly short, sometimes longer than a read. */
    private static byte[] body(long number) {
        final byte[] body = new byte[number % 100 == 0 ? 40_000 : 16 + (int) (number % 50)];
        Arrays.fill(body, (byte) number);
        for (int i = 0; i < 8; i++) {
            body[i] = (byte) (number >> i * 8);
        }
        return body;
    }

    private static long number(byte[] body) {
        long number = 0;
        for (int i = 0; i < 8; i++) {
            number |= (body[i] & 0xFFL) << i * 8;
        }
        return number;
    }
}
