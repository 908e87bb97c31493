package io.tautwire.codec;

import static io.tautwire.codec.FrameDescriptor.BLOCK_OFFSET;
import static io.tautwire.codec.FrameDescriptor.CONTENT_CHECKSUM_OFFSET;
import static io.tautwire.codec.FrameDescriptor.FLAGS_OFFSET;
import static io.tautwire.codec.FrameDescriptor.LENGTH_OFFSET;
import static io.tautwire.codec.FrameDescriptor.POSITION_OFFSET;
import static io.tautwire.codec.FrameDescriptor.STAMP_CHECKSUM_OFFSET;
import static io.tautwire.codec.FrameDescriptor.STAMP_END_OFFSET;
import static io.tautwire.codec.FrameDescriptor.TIMESTAMP_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The two checksums of a frame, set and verified. See {@link FrameDescriptor} for what each covers.
 *
 * <p>Buffers must wrap an array or a {@link ByteBuffer}; a bare address cannot be read by the JDK's CRC32C. One
 * instance serves one thread: it keeps a view of the memory it saw last, so that steady use allocates nothing.
 */
public final class FrameChecksum {
    private final CRC32C crc = new CRC32C();
    private ByteBuffer viewed;
    private ByteBuffer view;

    /** Sets the content checksum of a frame that is otherwise complete. */
    public void sealContent(MutableDirectBuffer buffer, int offset, int length) {
        buffer.putInt(offset + CONTENT_CHECKSUM_OFFSET, content(buffer, offset, length), LITTLE_ENDIAN);
    }

    /** Whether the content is what its author sealed. */
    public boolean isContentIntact(DirectBuffer buffer, int offset, int length) {
        return buffer.getInt(offset + CONTENT_CHECKSUM_OFFSET, LITTLE_ENDIAN) == content(buffer, offset, length);
    }

    /** Stamps a frame: sets position, timestamp (nanoseconds since the epoch) and the stamp checksum. */
    public void stamp(MutableDirectBuffer buffer, int offset, long position, long timestampNs) {
        buffer.putLong(offset + POSITION_OFFSET, position, LITTLE_ENDIAN);
        buffer.putLong(offset + TIMESTAMP_OFFSET, timestampNs, LITTLE_ENDIAN);
        buffer.putInt(offset + STAMP_CHECKSUM_OFFSET, stampOf(buffer, offset), LITTLE_ENDIAN);
    }

    /** Whether length and stamp are what the server set. */
    public boolean isStampIntact(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + STAMP_CHECKSUM_OFFSET, LITTLE_ENDIAN) == stampOf(buffer, offset);
    }

    private int content(DirectBuffer buffer, int offset, int length) {
        crc.reset();
        if (FrameDescriptor.isStamped(buffer, offset)) {
            update(buffer, offset + FLAGS_OFFSET, BLOCK_OFFSET - FLAGS_OFFSET);
            update(buffer, offset + STAMP_END_OFFSET, length - STAMP_END_OFFSET);
        } else {
            update(buffer, offset + FLAGS_OFFSET, length - FLAGS_OFFSET);
        }
        return (int) crc.getValue();
    }

    private int stampOf(DirectBuffer buffer, int offset) {
        crc.reset();
        update(buffer, offset + LENGTH_OFFSET, Integer.BYTES);
        update(buffer, offset + POSITION_OFFSET, STAMP_END_OFFSET - POSITION_OFFSET);
        return (int) crc.getValue();
    }

    private void update(DirectBuffer buffer, int index, int length) {
        final int start = index + buffer.wrapAdjustment();
        if (buffer.byteArray() != null) {
            crc.update(buffer.byteArray(), start, length);
        } else {
            final ByteBuffer window = viewOf(buffer.byteBuffer());
            window.limit(start + length).position(start);
            crc.update(window);
        }
    }

    private ByteBuffer viewOf(ByteBuffer bytes) {
        if (bytes == null) {
            throw new IllegalArgumentException("buffer wraps a bare address; wrap an array or a ByteBuffer");
        }
        if (viewed != bytes) {
            viewed = bytes;
            view = bytes.duplicate();
            view.clear();
        }
        return view;
    }
}
