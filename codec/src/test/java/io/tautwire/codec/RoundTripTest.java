package io.tautwire.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
    static List<Template> templates() {
        return Template.ALL;
    }

    @ParameterizedTest
    @MethodSource("templates")
    void anyValuesComeBack(Template template) {
        Seeds.each(100, random -> {
            final Map<String, Object> values = RandomFrames.values(template, random);
            final byte[] frame = template.encode(values);
            assertArrayEquals(Altered.unpadded(frame), Reading.of(frame).frames.get(0));
            assertEquals(values, template.decode(new UnsafeBuffer(frame), 0));
        });
    }

    @ParameterizedTest
    @MethodSource("templates")
    void aFieldNotSetIsZeroWhateverTheMemoryHeld(Template template) {
        final UnsafeBuffer clean = new UnsafeBuffer(new byte[256]);
        final UnsafeBuffer dirty = new UnsafeBuffer(new byte[256]);
        dirty.setMemory(0, dirty.capacity(), (byte) 0x5A);
        final int aligned = beginOnly(template, clean);
        assertEquals(aligned, beginOnly(template, dirty));
        assertArrayEquals(Bytes.copy(clean, 0, aligned), Bytes.copy(dirty, 0, aligned));
    }

    @Test
    void theViewAgreesWithTheDecoder() {
        final Template message = Template.named("Message");
        final MessageView view = new MessageView();
        Seeds.each(200, random -> {
            final Map<String, Object> values = RandomFrames.values(message, random);
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1 << 20]);
            final int offset = 8 * random.nextInt(10);
            message.encode(values, buffer, offset);
            assertEquals(values, read(view.wrap(buffer, offset)));
        });
    }

    private static int beginOnly(Template template, UnsafeBuffer buffer) {
        final FrameWriter writer = new FrameWriter();
        final var encoder = writer.begin(Flyweights.create(template.name + "Encoder"), buffer, 0);
        template.groups.forEach(group -> Flyweights.call(encoder, group.name() + "Count", 0));
        template.data.forEach(part -> Flyweights.setData(encoder, part.name(), ByteBuffer.allocate(0)));
        return writer.end(encoder, template.shape().flags());
    }

    private static Map<String, Object> read(MessageView view) {
        return Map.of(
                "position", view.position(),
                "timestamp", view.timestamp(),
                "incarnation", view.incarnation(),
                "sequence", view.sequence(),
                "clientName", view.clientName(),
                "correlationId", bytes(view, view.correlationIdOffset(), view.correlationIdLength()),
                "replyTo", view.replyTo(),
                "headers", bytes(view, view.headersOffset(), view.headersLength()),
                "topic", view.topic(),
                "body", bytes(view, view.bodyOffset(), view.bodyLength()));
    }

    private static ByteBuffer bytes(MessageView view, int offset, int length) {
        return ByteBuffer.wrap(Bytes.copy(view.buffer(), offset, length));
    }
}
