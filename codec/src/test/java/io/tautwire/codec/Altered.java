package io.tautwire.codec;

import static io.tautwire.codec.FrameDescriptor.BLOCK_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames changed as a newer, an older or a hostile author would have written them, with checksums that match. */
final class Altered {
    private Altered() {}

    /** The frame without its padding. */
    static byte[] unpadded(byte[] frame) {
        return Arrays.copyOf(frame, FrameDescriptor.length(new UnsafeBuffer(frame), 0));
    }

    /** A frame of these bytes from the flags on: length, checksums and padding are made to match where they can. */
    static byte[] sealed(byte[] unpadded) {
        final byte[] frame = Arrays.copyOf(unpadded, FrameDescriptor.aligned(unpadded.length));
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        final boolean hadStamp = buffer.getInt(FrameDescriptor.STAMP_CHECKSUM_OFFSET) != 0;
        FrameDescriptor.finish(buffer, 0, unpadded.length, FrameDescriptor.flags(buffer, 0));
        if (FrameDescriptor.isStamped(buffer, 0) && unpadded.length < FrameDescriptor.STAMP_END_OFFSET) {
            return frame;
        }
        final FrameChecksum checksum = new FrameChecksum();
        checksum.sealContent(buffer, 0, unpadded.length);
        if (hadStamp && FrameDescriptor.isStamped(buffer, 0)) {
            checksum.stamp(buffer, 0, FrameDescriptor.position(buffer, 0), FrameDescriptor.timestamp(buffer, 0));
        }
        return frame;
    }

    /** The frame with another number in a uint16. */
    static byte[] withUint16(byte[] frame, int offset, int value) {
        final byte[] bytes = unpadded(frame);
        new UnsafeBuffer(bytes).putShort(offset, (short) value, LITTLE_ENDIAN);
        return sealed(bytes);
    }

    /** The frame with other flags. */
    static byte[] withFlags(byte[] frame, int flags) {
        final byte[] bytes = unpadded(frame);
        new UnsafeBuffer(bytes).putInt(FrameDescriptor.FLAGS_OFFSET, flags, LITTLE_ENDIAN);
        return sealed(bytes);
    }

    /** The frame with a block that has more bytes at its end, of the given version. */
    static byte[] withLongerBlock(byte[] frame, byte[] more, int version) {
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        final int blockLength = FrameDescriptor.blockLength(buffer, 0);
        final byte[] longer = inserted(unpadded(frame), BLOCK_OFFSET + blockLength, more);
        final UnsafeBuffer header = new UnsafeBuffer(longer);
        header.putShort(FrameDescriptor.BLOCK_LENGTH_OFFSET, (short) (blockLength + more.length), LITTLE_ENDIAN);
        header.putShort(FrameDescriptor.VERSION_OFFSET, (short) version, LITTLE_ENDIAN);
        return sealed(longer);
    }

    /** The frame with a block that lacks its last byte. */
    static byte[] withShorterBlock(byte[] frame) {
        final byte[] bytes = unpadded(frame);
        final int blockLength = FrameDescriptor.blockLength(new UnsafeBuffer(frame), 0);
        final int blockEnd = BLOCK_OFFSET + blockLength;
        final byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, blockEnd, shorter, blockEnd - 1, bytes.length - blockEnd);
        new UnsafeBuffer(shorter)
                .putShort(FrameDescriptor.BLOCK_LENGTH_OFFSET, (short) (blockLength - 1), LITTLE_ENDIAN);
        return sealed(shorter);
    }

    /** The bytes with others put between them. */
    static byte[] inserted(byte[] bytes, int at, byte[] more) {
        final byte[] result = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(bytes, at, result, at + more.length, bytes.length - at);
        System.arraycopy(more, 0, result, at, more.length);
        return result;
    }
}
