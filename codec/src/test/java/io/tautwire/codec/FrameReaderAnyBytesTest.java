package io.tautwire.codec;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes, the outcome is frames, waiting for more, or a ProtocolException. Hostile frames carry checksums
 * that match, so that they get past the checksum to what it cannot see.
 */
class FrameReaderAnyBytesTest {
    private static final int MAX_FRAME = 1 << 18;

    @Test
    void survivesGarbage() {
        Seeds.each(20_000, random -> assertSurvives(RandomFrames.bytes(random, random.nextInt(200))));
    }

    @Test
    void survivesGarbageBehindAValidHeader() {
        final int[] accepted = {0};
        Seeds.each(30_000, random -> {
            final byte[] bytes = RandomFrames.bytes(random, FrameDescriptor.MIN_LENGTH + random.nextInt(120));
            // Small numbers, or hardly any length in it would be in range.
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(3) == 0 ? bytes[i] & 0x1F : 0);
            }
            final Template template = Template.ALL.get(random.nextInt(Template.ALL.size()));
            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            buffer.putInt(FrameDescriptor.FLAGS_OFFSET, template.shape().flags(), LITTLE_ENDIAN);
            putUint16(
                    buffer,
                    FrameDescriptor.BLOCK_LENGTH_OFFSET,
                    template.shape().blockLength() + random.nextInt(3));
            putUint16(buffer, FrameDescriptor.TEMPLATE_ID_OFFSET, template.id);
            putUint16(buffer, FrameDescriptor.SCHEMA_ID_OFFSET, 9007);
            putUint16(buffer, FrameDescriptor.VERSION_OFFSET, 1 + random.nextInt(3));
            accepted[0] += assertSurvives(Altered.sealed(bytes));
        });
        assertTrue(accepted[0] > 100, "accepted=" + accepted[0] + ": the test no longer reaches valid frames");
    }

    @Test
    void survivesMutatedFrames() {
        Seeds.each(20_000, random -> {
            final byte[] bytes = Altered.unpadded(smallFrame(random));
            for (int i = random.nextInt(3); i >= 0; i--) {
                mutate(bytes, random);
            }
            assertSurvives(random.nextInt(4) == 0 ? bytes : Altered.sealed(bytes));
        });
    }

    @Test
    void refusesEveryFrameCutShortAndSealedAgain() {
        for (final GoldenFrame golden : GoldenFrame.ALL) {
            final byte[] whole = Altered.unpadded(golden.bytes);
            for (int length = FrameDescriptor.MIN_LENGTH; length < whole.length; length++) {
                final byte[] cut = Altered.sealed(Arrays.copyOf(whole, length));
                assertThrows(ProtocolException.class, () -> Reading.of(cut), golden.file + " cut to " + length);
            }
        }
    }

    @Test
    void refusesEveryFrameWithBytesLeftOver() {
        for (final GoldenFrame golden : GoldenFrame.ALL) {
            final byte[] whole = Altered.unpadded(golden.bytes);
            for (int more = 1; more < 20; more++) {
                final byte[] longer = Altered.sealed(Arrays.copyOf(whole, whole.length + more));
                assertThrows(ProtocolException.class, () -> Reading.of(longer), golden.file + " with " + more);
            }
        }
    }

    @Test
    void refusesEveryVarLengthThatIsNotTheTrueOne() {
        for (final GoldenFrame golden : GoldenFrame.ALL) {
            final UnsafeBuffer buffer = new UnsafeBuffer(golden.bytes);
            int at = FrameDescriptor.BLOCK_OFFSET + golden.template.shape().blockLength();
            for (int i = 0; i < golden.template.shape().varCount(); i++) {
                final int length = buffer.getShort(at, LITTLE_ENDIAN) & 0xFFFF;
                for (final int wrong : new int[] {length + 1, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF}) {
                    final byte[] bytes = Altered.withUint16(golden.bytes, at, wrong);
                    assertThrows(ProtocolException.class, () -> Reading.of(bytes), golden.file + " length=" + wrong);
                }
                at += Short.BYTES + length;
            }
        }
    }

    @Test
    void refusesEveryBodyLengthThatIsNotTheTrueOne() {
        final byte[] message = Altered.unpadded(GoldenFrame.named("Message.hex").bytes);
        final int at = new MessageView().wrap(new UnsafeBuffer(message), 0).bodyOffset() - Integer.BYTES;
        for (final int wrong : new int[] {0, 20, 22, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, -21}) {
            new UnsafeBuffer(message).putInt(at, wrong, LITTLE_ENDIAN);
            assertThrows(ProtocolException.class, () -> Reading.of(Altered.sealed(message)), () -> "body=" + wrong);
        }
    }

    @Test
    void refusesEveryGroupThatIsNotTheTrueOne() {
        final byte[] deliver = GoldenFrame.named("Deliver.hex").bytes;
        final int entryLength = FrameDescriptor.BLOCK_OFFSET + 13;
        for (final int wrong : new int[] {0, 7, 9, 0x7FFF, 0x8000, 0xFFFF}) {
            final byte[] bytes = Altered.withUint16(deliver, entryLength, wrong);
            assertThrows(ProtocolException.class, () -> Reading.of(bytes), "entry length=" + wrong);
        }
        for (final int wrong : new int[] {0, 2, 4, 0x7FFF, 0x8000, 0xFFFF}) {
            final byte[] bytes = Altered.withUint16(deliver, entryLength + Short.BYTES, wrong);
            assertThrows(ProtocolException.class, () -> Reading.of(bytes), "count=" + wrong);
        }
        // Together they name 4294770690 bytes, more than an int holds.
        final byte[] both =
                Altered.withUint16(Altered.withUint16(deliver, entryLength, 0xFFFF), entryLength + 2, 0xFFFE);
        assertThrows(ProtocolException.class, () -> Reading.of(both));
    }

    @Test
    void refusesSbesNullAsALengthEvenWhereItFits() {
        final byte[] goodbye = Altered.unpadded(GoldenFrame.named("Goodbye.hex").bytes);
        final int reason = FrameDescriptor.BLOCK_OFFSET + 2;
        final byte[] deliver = Altered.unpadded(GoldenFrame.named("Deliver.hex").bytes);
        final int count = FrameDescriptor.BLOCK_OFFSET + 13 + 2;
        for (final int number : new int[] {0xFFFE, 0xFFFF}) {
            final byte[] text = Arrays.copyOf(goodbye, reason + 2 + number);
            assertAccepted(number == 0xFFFE, Altered.withUint16(Altered.sealed(text), reason, number));
            final byte[] entries = Arrays.copyOf(deliver, count + 2 + 8 * number);
            assertAccepted(number == 0xFFFE, Altered.withUint16(Altered.sealed(entries), count, number));
        }
    }

    private static void assertAccepted(boolean accepted, byte[] frame) {
        if (accepted) {
            assertEquals(1, Reading.of(frame).frames.size());
        } else {
            assertThrows(ProtocolException.class, () -> Reading.of(frame));
        }
    }

    /** Reads the bytes amid others; returns how many frames were accepted, each of which must decode to its end. */
    private static int assertSurvives(byte[] bytes) {
        final int alone = outcome(new UnsafeBuffer(bytes.clone()), 0, bytes.length);
        for (final byte around : new byte[] {0, -1}) {
            final UnsafeBuffer amid = new UnsafeBuffer(new byte[bytes.length + 64]);
            amid.setMemory(0, amid.capacity(), around);
            amid.putBytes(32, bytes);
            assertEquals(alone, outcome(amid, 32, bytes.length), "depends on bytes outside");
        }
        return Math.max(alone, 0);
    }

    private static int outcome(UnsafeBuffer buffer, int offset, int length) {
        final int[] frames = {0};
        final FrameReader reader = new FrameReader(MAX_FRAME);
        try {
            final int consumed = reader.read(buffer, offset, length, (templateId, in, at, frameLength) -> {
                assertTrue(at >= offset && at + frameLength <= offset + length);
                assertDecodes(templateId, in, at, frameLength);
                frames[0]++;
                return true;
            });
            assertTrue(consumed >= 0 && consumed <= length && consumed % FrameDescriptor.ALIGNMENT == 0);
            assertTrue(consumed == length || reader.requiredBytes() > length - consumed);
            assertTrue(reader.requiredBytes() <= MAX_FRAME);
            return frames[0];
        } catch (final ProtocolException refused) {
            return -1 - frames[0];
        }
    }

    private static void assertDecodes(int templateId, DirectBuffer in, int at, int frameLength) {
        final UnsafeBuffer alone = new UnsafeBuffer(Bytes.copy(in, at, frameLength));
        Template.of(templateId).decode(alone, 0);
    }

    private static byte[] smallFrame(Random random) {
        byte[] frame = RandomFrames.any(random);
        while (frame.length > 4096) {
            frame = RandomFrames.any(random);
        }
        return frame;
    }

    private static void mutate(byte[] bytes, Random random) {
        final int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
            default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(4)), (byte) -1);
        }
    }

    private static void putUint16(UnsafeBuffer buffer, int offset, int value) {
        buffer.putShort(offset, (short) value, LITTLE_ENDIAN);
    }
}
