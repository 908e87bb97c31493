package io.tautwire.journal;

import static io.tautwire.codec.FrameDescriptor.BLOCK_LENGTH_OFFSET;
import static io.tautwire.codec.FrameDescriptor.BLOCK_OFFSET;
import static io.tautwire.codec.FrameDescriptor.FLAG_STAMPED;
import static io.tautwire.codec.FrameDescriptor.SCHEMA_ID_OFFSET;
import static io.tautwire.codec.FrameDescriptor.STAMP_END_OFFSET;
import static io.tautwire.codec.FrameDescriptor.TEMPLATE_ID_OFFSET;
import static io.tautwire.codec.FrameDescriptor.VERSION_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Frames whose content follows from an id, sealed, so that a torn or mixed-up one shows. For one thread. */
public final class Frames {
    /** Shortest frame that holds stamp and id. */
    public static final int MIN = STAMP_END_OFFSET + Long.BYTES;

    private static final int ID_OFFSET = STAMP_END_OFFSET;

    /** No version knows it, so that only what all frames have in common is looked at. */
    private static final short TEMPLATE_ID = 900;

    private final FrameChecksum checksum = new FrameChecksum();

    /** Writes the whole frame. */
    public void write(MutableDirectBuffer buffer, int offset, int length, long id) {
        buffer.setMemory(offset, length, (byte) id);
        buffer.setMemory(offset, BLOCK_OFFSET + 16, (byte) 0);
        buffer.putShort(offset + BLOCK_LENGTH_OFFSET, (short) (MIN - BLOCK_OFFSET), LITTLE_ENDIAN);
        buffer.putShort(offset + TEMPLATE_ID_OFFSET, TEMPLATE_ID, LITTLE_ENDIAN);
        buffer.putShort(offset + SCHEMA_ID_OFFSET, (short) MessageHeaderDecoder.SCHEMA_ID, LITTLE_ENDIAN);
        buffer.putShort(offset + VERSION_OFFSET, (short) MessageHeaderDecoder.SCHEMA_VERSION, LITTLE_ENDIAN);
        buffer.putLong(offset + ID_OFFSET, id, LITTLE_ENDIAN);
        FrameDescriptor.finish(buffer, offset, length, FLAG_STAMPED);
        checksum.sealContent(buffer, offset, length);
    }

    /** Seals a frame again whose content changed. */
    public void seal(MutableDirectBuffer buffer, int offset, int length) {
        checksum.sealContent(buffer, offset, length);
    }

    /** Stamps it as a server does. */
    public void stamp(MutableDirectBuffer buffer, int offset, long position, long timestampNs) {
        checksum.stamp(buffer, offset, position, timestampNs);
    }

    /** The id of a frame that is whole. */
    public long read(DirectBuffer buffer, int offset, int length) {
        if (FrameDescriptor.length(buffer, offset) != length || !checksum.isContentIntact(buffer, offset, length)) {
            throw new AssertionError("torn frame at offset=" + offset + " length=" + length);
        }
        return buffer.getLong(offset + ID_OFFSET, LITTLE_ENDIAN);
    }

    /** The id of the frame that a cursor stands on, which must be whole. */
    public long read(JournalCursor cursor) {
        return read(cursor.buffer(), cursor.offset(), cursor.length());
    }

    /** Whether a stamp is whole. */
    public boolean isStamped(DirectBuffer buffer, int offset) {
        return checksum.isStampIntact(buffer, offset);
    }
}
