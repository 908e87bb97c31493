package io.tautwire.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.Code;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MessageStreamTest {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final StreamConfig SMALL = StreamConfig.defaults().withWindowBytes(4096);

    private final ScriptedServer server = new ScriptedServer();
    private final Client client = Client.connect(server.uriOfOneSession(), "reader");

    @AfterEach
    void closeAll() {
        client.close();
        server.close();
    }

    @Test
    void handsOverMessagesInOrder() {
        final MessageStream stream = client.stream("trades/#", SMALL.withTimeout(BOUND));
        deliver(1, 20, 50);
        long sequence = 0;
        for (final Message message : stream) {
            assertEquals(++sequence, message.sequence());
            assertEquals("trades/BTC", message.topic());
            assertEquals(50, message.bodyLength());
            assertTrue(message.bookmark().text().startsWith("abc.1."));
            if (sequence == 20) {
                stream.close();
            }
        }
        assertEquals(20, sequence);
        assertEquals(Code.OK, stream.endCode());
    }

    @Test
    void holdsCreditBackUntilMessagesAreTaken() throws Exception {
        final MessageStream stream = client.stream("a", SMALL);
        deliver(1, 1, 3_000);
        assertEquals(1, stream.poll(BOUND).sequence());
        // Taking the next gives the first up, and with it three quarters of the window.
        deliver(2, 2, 10);
        assertEquals(2, stream.poll(BOUND).sequence());
        assertTrue(server.await("credit 1 ").startsWith("credit 1 bytes=30"));
    }

    @Test
    void passesManyTimesWhatItHoldsAtOnce() throws Exception {
        final MessageStream stream = client.stream("a", SMALL);
        for (int i = 1; i <= 500; i++) {
            deliver(i, i, 3_000);
            final Message message = stream.poll(BOUND);
            assertEquals(i, message.sequence());
            assertEquals(3_000, message.bodyLength());
            if (i > 1) {
                server.await("credit 1 "); // for the one before, which this one replaces
            }
        }
    }

    @Test
    void tellsWhichMessagesAreRendered() {
        final MessageStream stream = client.stream("a", SMALL.withTimeout(BOUND));
        server.say(peer -> peer.deliverRendered(1, 1)
                .message(1, "a", "x".getBytes())
                .deliver(1, 1)
                .message(2, "a", "y".getBytes()));
        assertTrue(stream.next().isRendered());
        final Message second = stream.next();
        assertEquals("y", second.bodyText());
        assertFalse(second.isRendered());
    }

    @Test
    void tellsWhenNoMessageCameInTimeAndGoesOn() {
        final MessageStream stream = client.stream("a", SMALL.withTimeout(Duration.ofMillis(20)));
        assertFalse(stream.iterator().hasNext());
        assertTrue(stream.timedOut());
        assertNull(stream.endCode());
        deliver(1, 1, 10);
        assertEquals(1, stream.poll(BOUND).sequence());
        assertFalse(stream.timedOut());
    }

    @Test
    void endsWithItsSessionAfterWhatHasArrived() {
        final MessageStream stream = client.stream("a", SMALL);
        server.say(peer -> peer.deliver(1, 1).message(1, "a", new byte[5]).goodbye(Code.SERVER_CLOSING));
        assertEquals(1, stream.next().sequence());
        assertNull(stream.next());
        assertFalse(stream.timedOut());
        assertEquals(Code.SERVER_CLOSING, stream.endCode());
        assertEquals("because", stream.endReason());
    }

    @Test
    void closingWakesWhoWaits() throws Exception {
        final MessageStream stream = client.stream("a", SMALL);
        final CompletableFuture<Message> waiting = CompletableFuture.supplyAsync(stream::next);
        deliver(1, 1, 10);
        waiting.get(10, SECONDS);
        final CompletableFuture<Message> last = CompletableFuture.supplyAsync(stream::next);
        stream.close();
        assertNull(last.get(10, SECONDS));
        server.await("unsubscribe 1");
    }

    @Test
    void aServerThatIgnoresCreditIsLeft() {
        final MessageStream stream = client.stream("a", SMALL);
        deliver(1, 10, 3_000);
        long taken = 0;
        while (stream.next() != null) {
            taken++;
        }
        assertTrue(taken <= 2, "taken=" + taken);
        assertEquals(Code.PROTOCOL_ERROR, stream.endCode());
    }

    private void deliver(int from, int to, int bodyLength) {
        server.say(peer -> {
            peer.deliver(to - from + 1, 1);
            for (int i = from; i <= to; i++) {
                peer.message(i, "trades/BTC", new byte[bodyLength]);
            }
        });
    }
}
