package io.tautwire.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.MessageEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MessagePrefixTest {
    private static final byte[] BODY = "{\"px\":800.01}".getBytes(UTF_8);
    private static final int FRAME = 16;

    private final Headers headers =
            Headers.builder().add("type", "trade").add("π", "3.14").build();
    private final MessagePrefix prefix = MessagePrefix.builder()
            .clientName("pricer-1")
            .incarnation(-42)
            .topic("trades/BTCUSD")
            .correlationId(new byte[] {1, 2, 3})
            .replyTo("answers/1")
            .headers(headers)
            .build();

    @Test
    void writesTheSameFrameAsTheGeneratedEncoder() {
        final UnsafeBuffer byPrefix = new UnsafeBuffer(new byte[512]);
        byPrefix.setMemory(0, byPrefix.capacity(), (byte) -1);
        final UnsafeBuffer byEncoder = new UnsafeBuffer(new byte[512]);
        byEncoder.setMemory(0, byEncoder.capacity(), (byte) -1);

        putWithPrefix(byPrefix, 7);
        final FrameWriter writer = new FrameWriter();
        final MessageEncoder encoder = writer.begin(new MessageEncoder(), byEncoder, FRAME);
        encoder.incarnation(-42)
                .sequence(7)
                .clientName("pricer-1")
                .putCorrelationId(new byte[] {1, 2, 3}, 0, 3)
                .replyTo("answers/1")
                .putHeaders(headers.bytes(), 0, headers.length())
                .topic("trades/BTCUSD")
                .putBody(BODY, 0, BODY.length);
        final int aligned = writer.end(encoder, FrameDescriptor.FLAG_STAMPED);

        assertEquals(aligned, FrameDescriptor.aligned(prefix.frameLength(BODY.length)));
        assertArrayEquals(byEncoder.byteArray(), byPrefix.byteArray());
    }

    @Test
    void isReadBackByReaderAndView() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final int aligned = putWithPrefix(buffer, 7);
        final MessageView view = new MessageView();
        final int consumed = new FrameReader(512).read(buffer, FRAME, aligned, (template, in, offset, length) -> {
            assertEquals(MessageEncoder.TEMPLATE_ID, template);
            assertEquals(prefix.frameLength(BODY.length), length);
            view.wrap(in, offset);
            return true;
        });
        assertEquals(aligned, consumed);
        assertEquals(0, view.position());
        assertEquals(0, view.timestamp());
        assertEquals(-42, view.incarnation());
        assertEquals(7, view.sequence());
        assertEquals("pricer-1", view.clientName());
        assertTrue(view.clientNameEquals("pricer-1".getBytes(UTF_8)));
        assertFalse(view.clientNameEquals("pricer-2".getBytes(UTF_8)));
        assertFalse(view.clientNameEquals("pricer-".getBytes(UTF_8)));
        assertEquals(3, view.correlationIdLength());
        assertEquals(3, buffer.getByte(view.correlationIdOffset() + 2));
        assertEquals("answers/1", view.replyTo());
        assertEquals("trades/BTCUSD", view.topic());
        assertEquals(headers, Headers.parse(buffer, view.headersOffset(), view.headersLength()));
        assertArrayEquals(BODY, Bytes.copy(buffer, view.bodyOffset(), view.bodyLength()));
        assertEquals(FRAME + prefix.bodyOffset(), view.bodyOffset());
    }

    @Test
    void refusesPartsThatNoFrameCanHold() {
        final String tooLong = "x".repeat(65535);
        final MessagePrefix.Builder builder = MessagePrefix.builder();
        assertCode(Code.NAME_INVALID, () -> builder.clientName(tooLong));
        assertCode(Code.TOPIC_INVALID, () -> builder.topic(tooLong));
        assertCode(Code.TOPIC_INVALID, () -> builder.replyTo(tooLong));
        assertCode(Code.MESSAGE_TOO_LARGE, () -> builder.correlationId(new byte[65535]));
    }

    @Test
    void refusesABodyWhoseFrameNoIntCanMeasure() {
        assertThrows(ArithmeticException.class, () -> prefix.frameLength(Integer.MAX_VALUE));
    }

    private int putWithPrefix(UnsafeBuffer buffer, long sequence) {
        prefix.put(buffer, FRAME);
        buffer.putBytes(FRAME + prefix.bodyOffset(), BODY);
        prefix.finish(buffer, FRAME, sequence, BODY.length, new FrameChecksum());
        return FrameDescriptor.aligned(prefix.frameLength(BODY.length));
    }

    private static void assertCode(Code code, Runnable action) {
        assertEquals(code, assertThrows(TautwireException.class, action::run).code());
    }
}
