package io.tautwire.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.HeartbeatEncoder;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final int HEARTBEAT_LENGTH = FrameDescriptor.BLOCK_OFFSET + HeartbeatEncoder.BLOCK_LENGTH;

    private final byte[] heartbeat = GoldenFrame.named("Heartbeat.hex").bytes;
    private final UnsafeBuffer two = new UnsafeBuffer(Altered.inserted(heartbeat, 0, heartbeat));

    @Test
    void givesEachFrameWithItsPlace() {
        final int at = 24;
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[at + two.capacity()]);
        buffer.putBytes(at, two, 0, two.capacity());
        final int[] expectedOffset = {at};
        final int consumed = new FrameReader(64).read(buffer, at, two.capacity(), (templateId, in, offset, length) -> {
            assertEquals(HeartbeatEncoder.TEMPLATE_ID, templateId);
            assertEquals(expectedOffset[0], offset);
            assertEquals(HEARTBEAT_LENGTH, length);
            expectedOffset[0] += HEARTBEAT_LENGTH;
            return true;
        });
        assertEquals(two.capacity(), consumed);
        assertEquals(at + two.capacity(), expectedOffset[0]);
    }

    @Test
    void readsNothingFromNothing() {
        final Reading reading = Reading.of(new byte[0]);
        assertEquals(0, reading.consumed);
        assertEquals(0, reading.reader.requiredBytes());
    }

    @Test
    void stopsAfterTheFrameWhoseHandlerSaysSo() {
        final FrameReader reader = new FrameReader(64);
        assertEquals(heartbeat.length, reader.read(two, 0, two.capacity(), (templateId, in, offset, length) -> false));
        assertEquals(0, reader.requiredBytes());
    }

    @Test
    void tellsHowManyBytesTheFrameLeftOverNeeds() {
        final byte[] message = GoldenFrame.named("Message.hex").bytes;
        for (int length = 1; length < message.length; length++) {
            final Reading reading = Reading.of(Arrays.copyOf(message, length));
            assertEquals(0, reading.consumed);
            assertEquals(
                    length < Integer.BYTES ? FrameDescriptor.MIN_LENGTH : message.length,
                    reading.reader.requiredBytes());
        }
    }

    @Test
    void forgetsWhatWasNeededOnceItIsThere() {
        final Reading reading = new Reading(64);
        reading.feed(Arrays.copyOf(heartbeat, 10));
        reading.feed(heartbeat);
        assertEquals(0, reading.reader.requiredBytes());
    }

    @Test
    void acceptsAFrameAsLongAsTheLimitAndNoLonger() {
        assertEquals(1, read(HEARTBEAT_LENGTH).frames.size());
        final var refused = assertThrows(ProtocolException.class, () -> read(HEARTBEAT_LENGTH - 1));
        assertEquals(Code.FRAME_TOO_LARGE, refused.code());
        assertTrue(refused.getMessage().contains("length=40"), refused.getMessage());
    }

    @Test
    void refusesALengthAsSoonAsItsFourBytesAreThere() {
        for (final int length : new int[] {
            Integer.MIN_VALUE,
            -1,
            0,
            1,
            FrameDescriptor.MIN_LENGTH - 1,
            65,
            FrameDescriptor.MAX_LENGTH,
            Integer.MAX_VALUE
        }) {
            final byte[] bytes = new byte[Integer.BYTES];
            new UnsafeBuffer(bytes).putInt(0, length);
            assertThrows(ProtocolException.class, () -> new Reading(64).feed(bytes), () -> "length=" + length);
        }
    }

    @Test
    void handlesTheFramesBeforeAnInvalidOne() {
        final byte[] bytes = two.byteArray().clone();
        bytes[heartbeat.length + FrameDescriptor.BLOCK_OFFSET] ^= 1;
        final Reading reading = new Reading(64);
        assertThrows(ProtocolException.class, () -> reading.feed(bytes));
        assertEquals(1, reading.frames.size());
    }

    @Test
    void appliesALimitRaisedByTheHandlerToTheNextFrame() {
        final byte[] longer = GoldenFrame.named("Logon.hex").bytes;
        final byte[] both = Altered.inserted(longer, 0, heartbeat);
        final FrameReader reader = new FrameReader(HEARTBEAT_LENGTH);
        final int consumed = reader.read(new UnsafeBuffer(both), 0, both.length, (templateId, in, offset, length) -> {
            reader.maxFrame(longer.length);
            return true;
        });
        assertEquals(both.length, consumed);
    }

    @Test
    void refusesALimitThatNoFrameMeetsOrThatSumsOverflow() {
        for (final int limit : new int[] {-1, 0, FrameDescriptor.MIN_LENGTH - 1, FrameDescriptor.MAX_LENGTH + 1}) {
            assertThrows(IllegalArgumentException.class, () -> new FrameReader(limit));
        }
    }

    @Test
    void refusesPaddingThatIsNotZero() {
        for (final GoldenFrame golden : GoldenFrame.ALL) {
            for (int at = Altered.unpadded(golden.bytes).length; at < golden.bytes.length; at++) {
                final byte[] bytes = golden.bytes.clone();
                bytes[at] = 1;
                assertThrows(ProtocolException.class, () -> Reading.of(bytes), golden.file);
            }
        }
    }

    @Test
    void takesASequenceOfFramesInAnyPieces() {
        byte[] all = {};
        for (final String file : List.of("Skip.hex", "Ack.hex", "MessageStamped.hex", "Unsubscribe.hex")) {
            all = Altered.inserted(all, all.length, GoldenFrame.named(file).bytes);
        }
        final byte[] bytes = all;
        final List<byte[]> expected = Reading.of(bytes).frames;
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second += 1 + second % 3) {
                assertSameFrames(expected, inPieces(bytes, first, second));
            }
        }
    }

    @Test
    void takesRandomFramesInRandomPieces() {
        Seeds.each(200, random -> {
            byte[] bytes = {};
            for (int i = random.nextInt(6); i >= 0; i--) {
                bytes = Altered.inserted(bytes, bytes.length, RandomFrames.any(random));
            }
            final int[] cuts =
                    random.ints(random.nextInt(20), 0, bytes.length).sorted().toArray();
            assertSameFrames(Reading.of(bytes).frames, inPieces(bytes, cuts));
        });
    }

    private static Reading inPieces(byte[] bytes, int... cuts) {
        final Reading reading = new Reading(FrameDescriptor.MAX_LENGTH);
        byte[] left = {};
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            final int to = i < cuts.length ? cuts[i] : bytes.length;
            left = reading.feed(Altered.inserted(left, left.length, Arrays.copyOfRange(bytes, from, to)));
            assertTrue(left.length == 0 || reading.reader.requiredBytes() > left.length);
            from = to;
        }
        assertEquals(bytes.length, reading.consumed);
        return reading;
    }

    private static void assertSameFrames(List<byte[]> expected, Reading actual) {
        assertEquals(expected.size(), actual.frames.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.frames.get(i));
        }
    }

    private Reading read(int maxFrame) {
        final Reading reading = new Reading(maxFrame);
        reading.feed(heartbeat);
        return reading;
    }
}
