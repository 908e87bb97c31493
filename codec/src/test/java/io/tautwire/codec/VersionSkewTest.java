package io.tautwire.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tautwire.codec.sbe.Code;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VersionSkewTest {
    static List<Template> templates() {
        return Template.ALL;
    }

    @ParameterizedTest
    @MethodSource("templates")
    void aNewerAuthorsLongerBlockIsReadAndTheRestOfItSkipped(Template template) {
        Seeds.each(50, random -> {
            final Map<String, Object> values = RandomFrames.values(template, random);
            final byte[] more = RandomFrames.bytes(random, 1 + random.nextInt(30));
            final int version = 2 + random.nextInt(65_000);
            final byte[] newer = Altered.withLongerBlock(template.encode(values), more, version);
            assertEquals(List.of(template.id), Reading.of(newer).templateIds());
            assertEquals(values, template.decode(new UnsafeBuffer(newer), 0));
        });
    }

    @Test
    void theViewSkipsWhatANewerBlockHolds() {
        final GoldenFrame golden = GoldenFrame.named("MessageStamped.hex");
        final byte[] newer = Altered.withLongerBlock(golden.bytes, new byte[] {1, 2, 3}, 2);
        final MessageView view = new MessageView().wrap(new UnsafeBuffer(newer), 0);
        assertEquals(golden.values.get("position"), view.position());
        assertEquals(golden.values.get("clientName"), view.clientName());
        assertEquals(golden.values.get("topic"), view.topic());
    }

    @Test
    void aNewerAuthorsLongerGroupEntriesAreRead() {
        final GoldenFrame golden = GoldenFrame.named("Deliver.hex");
        final int entries = FrameDescriptor.BLOCK_OFFSET + 13 + 4;
        byte[] newer = Altered.unpadded(golden.bytes);
        for (int entry = 3; entry > 0; entry--) {
            newer = Altered.inserted(newer, entries + 8 * entry, new byte[] {1, 2, 3, 4, 5});
        }
        newer = Altered.withUint16(Altered.sealed(newer), entries - 4, 13);
        assertEquals(List.of(golden.template.id), Reading.of(newer).templateIds());
        assertEquals(golden.values, golden.template.decode(new UnsafeBuffer(newer), 0));
    }

    @Test
    void aGroupEntryShorterThanTheFirstVersionsIsRefused() {
        final GoldenFrame golden = GoldenFrame.named("Deliver.hex");
        final byte[] shorter = Altered.withUint16(golden.bytes, FrameDescriptor.BLOCK_OFFSET + 13, 7);
        assertRefused(shorter);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void aBlockShorterThanTheFirstVersionsIsRefused(Template template) {
        Seeds.each(20, random -> {
            final byte[] frame = template.encode(RandomFrames.values(template, random));
            final byte[] shorter = Altered.withShorterBlock(frame);
            assertRefused(shorter);
            assertRefused(Altered.withUint16(shorter, FrameDescriptor.VERSION_OFFSET, 2));
        });
    }

    @Test
    void unknownTemplatesAreVerifiedCountedAndSkipped() {
        final byte[] unknown =
                Altered.withUint16(GoldenFrame.named("Ack.hex").bytes, FrameDescriptor.TEMPLATE_ID_OFFSET, 999);
        final byte[] unknownStamped = Altered.withUint16(
                GoldenFrame.named("MessageStamped.hex").bytes, FrameDescriptor.TEMPLATE_ID_OFFSET, 998);
        final byte[] known = GoldenFrame.named("Credit.hex").bytes;
        byte[] all = Altered.inserted(known, 0, unknown);
        all = Altered.inserted(all, 0, unknownStamped);

        final Reading reading = Reading.of(all);

        assertEquals(List.of(GoldenFrame.named("Credit.hex").template.id), reading.templateIds());
        assertEquals(2, reading.reader.skippedFrames());
        assertEquals(all.length, reading.consumed);
        unknown[FrameDescriptor.BLOCK_OFFSET] ^= 1;
        final ProtocolException refused = assertThrows(ProtocolException.class, () -> Reading.of(unknown));
        assertEquals(Code.CHECKSUM_MISMATCH, refused.code());
    }

    @ParameterizedTest
    @MethodSource("templates")
    void anotherSchemaAndVersionZeroAreRefused(Template template) {
        Seeds.each(5, random -> {
            final byte[] frame = template.encode(RandomFrames.values(template, random));
            assertRefused(Altered.withUint16(frame, FrameDescriptor.SCHEMA_ID_OFFSET, 9008));
            assertRefused(Altered.withUint16(frame, FrameDescriptor.SCHEMA_ID_OFFSET, 0));
            assertRefused(Altered.withUint16(frame, FrameDescriptor.VERSION_OFFSET, 0));
        });
    }

    @Test
    void flagsThatAreNotTheTemplatesAreRefused() {
        for (final GoldenFrame golden : GoldenFrame.ALL) {
            final int flags = golden.template.shape().flags();
            assertRefused(Altered.withFlags(golden.bytes, flags ^ FrameDescriptor.FLAG_STAMPED));
            for (int bit = 1; bit < Integer.SIZE; bit++) {
                assertRefused(Altered.withFlags(golden.bytes, flags | 1 << bit));
            }
        }
    }

    @Test
    void flagsUnknownToThisVersionAreRefusedOfUnknownTemplatesToo() {
        final byte[] unknown =
                Altered.withUint16(GoldenFrame.named("Ack.hex").bytes, FrameDescriptor.TEMPLATE_ID_OFFSET, 999);
        assertRefused(Altered.withFlags(unknown, 2));
    }

    private static void assertRefused(byte[] frame) {
        final ProtocolException refused = assertThrows(ProtocolException.class, () -> Reading.of(frame));
        assertEquals(Code.PROTOCOL_ERROR, refused.code());
    }
}
