package io.tautwire.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.Code;
import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameChecksumTest {
    private final FrameChecksum checksum = new FrameChecksum();

    static List<GoldenFrame> frames() {
        return GoldenFrame.ALL;
    }

    @ParameterizedTest
    @MethodSource("frames")
    void noBitOfAFrameChangesUnseen(GoldenFrame golden) {
        for (int bit = 0; bit < golden.bytes.length * Byte.SIZE; bit++) {
            final byte[] bytes = golden.bytes.clone();
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            final Reading reading = new Reading(FrameDescriptor.MAX_LENGTH);
            try {
                reading.feed(bytes);
                // A length that grew is waited for: what then comes cannot match the checksum.
                assertTrue(bit < Integer.SIZE && reading.reader.requiredBytes() > bytes.length, "bit=" + bit);
            } catch (final ProtocolException refused) {
                assertTrue(
                        refused.code() == Code.CHECKSUM_MISMATCH
                                || refused.code() == Code.PROTOCOL_ERROR
                                || refused.code() == Code.FRAME_TOO_LARGE && bit < Integer.SIZE,
                        "bit=" + bit + ": " + refused.getMessage());
            }
            assertEquals(0, reading.frames.size());
        }
    }

    @Test
    void aFrameWhoseLengthGrewIsRefusedWithWhatFollows() {
        final byte[] first = GoldenFrame.named("Heartbeat.hex").bytes.clone();
        first[0] += FrameDescriptor.ALIGNMENT;
        final byte[] both = Altered.inserted(first, first.length, GoldenFrame.named("Credit.hex").bytes);
        final ProtocolException refused = assertThrows(ProtocolException.class, () -> Reading.of(both));
        assertEquals(Code.CHECKSUM_MISMATCH, refused.code());
    }

    @Test
    void theContentChecksumDoesNotCoverTheStamp() {
        final UnsafeBuffer frame =
                new UnsafeBuffer(GoldenFrame.named("Message.hex").bytes.clone());
        final int length = FrameDescriptor.length(frame, 0);
        checksum.stamp(frame, 0, 4096, 1_385_812_800_000_000_000L);
        assertEquals(4096, FrameDescriptor.position(frame, 0));
        assertEquals(1_385_812_800_000_000_000L, FrameDescriptor.timestamp(frame, 0));
        assertTrue(checksum.isContentIntact(frame, 0, length));
        assertTrue(checksum.isStampIntact(frame, 0));
        for (int at = FrameDescriptor.POSITION_OFFSET; at < FrameDescriptor.STAMP_END_OFFSET; at++) {
            frame.putByte(at, (byte) ~frame.getByte(at));
            assertTrue(checksum.isContentIntact(frame, 0, length));
            assertFalse(checksum.isStampIntact(frame, 0));
            frame.putByte(at, (byte) ~frame.getByte(at));
        }
    }

    @Test
    void theStampChecksumCoversTheLength() {
        final UnsafeBuffer frame =
                new UnsafeBuffer(GoldenFrame.named("MessageStamped.hex").bytes.clone());
        assertTrue(checksum.isStampIntact(frame, 0));
        frame.putInt(FrameDescriptor.LENGTH_OFFSET, FrameDescriptor.length(frame, 0) - 1);
        assertFalse(checksum.isStampIntact(frame, 0));
    }

    @Test
    void restampingKeepsTheContentAsItsAuthorSealedIt() {
        final UnsafeBuffer frame =
                new UnsafeBuffer(GoldenFrame.named("Message.hex").bytes.clone());
        checksum.stamp(frame, 0, 1, 2);
        checksum.stamp(frame, 0, 123456789012345L, 1385812800123456789L);
        assertArrayEquals(GoldenFrame.named("MessageStamped.hex").bytes, frame.byteArray());
    }

    @Test
    void isTheSameForAnyKindOfMemory() {
        final byte[] bytes = GoldenFrame.named("MessageStamped.hex").bytes;
        final int length = Altered.unpadded(bytes).length;
        final ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 64);
        final ByteBuffer slice = direct.position(16).slice();
        final List<UnsafeBuffer> memories = List.of(
                new UnsafeBuffer(new byte[bytes.length + 64]),
                new UnsafeBuffer(new byte[bytes.length + 64], 8, bytes.length + 24),
                new UnsafeBuffer(ByteBuffer.allocate(bytes.length + 64)),
                new UnsafeBuffer(direct),
                new UnsafeBuffer(direct, 24, bytes.length + 24),
                new UnsafeBuffer(slice),
                new UnsafeBuffer(slice, 8, bytes.length + 24));
        for (final UnsafeBuffer memory : memories) {
            memory.putBytes(16, bytes);
            assertTrue(checksum.isContentIntact(memory, 16, length));
            assertTrue(checksum.isStampIntact(memory, 16));
            memory.putByte(16 + length - 1, (byte) 0);
            assertFalse(checksum.isContentIntact(memory, 16, length));
        }
    }

    @Test
    void refusesABareAddress() {
        final ByteBuffer memory = ByteBuffer.allocateDirect(64);
        final UnsafeBuffer bare = new UnsafeBuffer(BufferUtil.address(memory), 64);
        assertThrows(IllegalArgumentException.class, () -> checksum.sealContent(bare, 0, 24));
    }
}
