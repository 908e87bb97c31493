package io.tautwire.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.OpenStore;
import io.tautwire.client.internal.ReceiveThread;
import io.tautwire.client.internal.StoreWaits;
import io.tautwire.codec.Headers;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.JournalCursor;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.memory.MemoryStorage;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class PublicationTest {
    private final OpenStore store = new OpenStore(
            new Journal(new MemoryStorage(), new JournalConfig(0, 0, 1 << 16, 2, WhenFull.REFUSE)), 7, 1 << 20);
    private final Publications publications =
            new Publications("pricer", store, new StoreWaits("pricer", store, new ReceiveThread("pricer"), 1));
    private final Publication publication = publications.of("trades/BTC");
    private final JournalCursor cursor = store.journal().cursor(0);

    @Test
    void everyFormOfABodyIsCopied() {
        publication.offer("plain");
        publication.offer("plain".getBytes());
        publication.offer("a plain one".getBytes(), 2, 5);
        publication.offer(ByteBuffer.wrap("a plain one".getBytes()).position(2).limit(7));
        publication.offer(direct("a plain one").position(2).limit(7).asReadOnlyBuffer());
        publication.offer(new UnsafeBuffer("a plain one".getBytes()), 2, 5);
        publication.publish(new StringBuilder("plain"));
        publication.publish("plain".getBytes());
        publication.publish(ByteBuffer.wrap("plain".getBytes()));
        publication.publish(new UnsafeBuffer("plain".getBytes()), 0, 5);
        for (int sequence = 1; sequence <= 10; sequence++) {
            final Message message = next();
            assertEquals("plain", message.bodyText());
            assertEquals(sequence, message.sequence());
        }
    }

    @Test
    void aByteBufferIsLeftAsItIs() {
        final ByteBuffer body = ByteBuffer.allocate(10).position(3);
        publication.offer(body);
        assertEquals(3, body.position());
        assertEquals(7, next().bodyLength());
    }

    @Test
    void aBodyOutsideItsBufferIsRefusedAndNothingIsHeld() {
        assertThrows(IndexOutOfBoundsException.class, () -> publication.offer(new byte[3], 1, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> publication.offer(new UnsafeBuffer(new byte[3]), 1, 3));
        assertEquals(1, publication.offer("x"));
    }

    @Test
    void aClaimIsEncodedInPlaceAndMayEndShorter() {
        final BufferClaim claim = new BufferClaim();
        assertEquals(1, publication.tryClaim(8, claim));
        assertEquals(8, claim.length());
        claim.buffer().putBytes(claim.offset(), "abcd".getBytes());
        assertEquals(1, claim.commit(4));
        assertEquals("abcd", next().bodyText());
        claim.abort();
        assertThrows(IllegalStateException.class, claim::commit);
    }

    @Test
    void aClaimSeesOnlyItsOwnRoom() {
        final BufferClaim claim = new BufferClaim();
        publication.tryClaim(8, claim);
        assertThrows(IndexOutOfBoundsException.class, () -> claim.buffer().putByte(8, (byte) 1));
        assertThrows(IllegalArgumentException.class, () -> claim.commit(9));
        assertThrows(IllegalStateException.class, () -> publication.tryClaim(8, claim));
        claim.abort();
        assertEquals(1, publication.offer("x"));
    }

    @Test
    void headersCorrelationIdAndReplyToTravelWithEachMessage() {
        final PublicationSpec spec = PublicationSpec.of("trades/BTC")
                .withHeaders(Headers.builder().add("venue", "x").build())
                .withCorrelationId(new byte[] {1, 2})
                .withReplyTo("answers/1");
        publications.prepare(spec).offer("body");
        final Message message = next();
        assertEquals("answers/1", message.replyTo());
        assertArrayEquals(new byte[] {1, 2}, message.correlationId());
        assertEquals(true, message.headers().find("venue"));
        assertEquals("pricer", message.clientName());
        assertEquals(7, message.incarnation());
    }

    @Test
    void badTopicsAreRefusedBeforeAnythingIsPublished() {
        assertCode(Code.TOPIC_INVALID, PublicationSpec.of("a//b"));
        assertCode(Code.TOPIC_INVALID, PublicationSpec.of("a").withReplyTo("b/+"));
    }

    @Test
    void publicationsOfTopicsPublishedToByNameAreKeptUpToABound() {
        assertSame(publication, publications.of("trades/BTC"));
        for (int i = 0; i < 2 * Publications.MAX_KEPT; i++) {
            publications.of("topic/" + i).offer("");
        }
        assertSame(publications.of("topic/0"), publications.of("topic/0"));
    }

    private void assertCode(Code code, PublicationSpec spec) {
        assertEquals(
                code,
                assertThrows(TautwireException.class, () -> publications.prepare(spec))
                        .code());
    }

    private Message next() {
        assertEquals(JournalCursor.FRAME, cursor.poll());
        return new Message().wrap(new MessageView().wrap(cursor.buffer(), cursor.offset()), 0, false);
    }

    private static ByteBuffer direct(String text) {
        return ByteBuffer.allocateDirect(text.length()).put(text.getBytes()).flip();
    }
}
