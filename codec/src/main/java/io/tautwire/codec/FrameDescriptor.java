package io.tautwire.codec;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of a frame, the unit on the wire and in a journal. Nothing else computes these offsets.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                            Length                             |  0
 *  +---------------------------------------------------------------+
 *  |                       Content checksum                        |  4
 *  +---------------------------------------------------------------+
 *  |                        Stamp checksum                         |  8
 *  +---------------------------------------------------------------+
 *  |                             Flags                             | 12
 *  +-------------------------------+-------------------------------+
 *  |         Block length          |          Template id          | 16
 *  +-------------------------------+-------------------------------+
 *  |           Schema id           |            Version            | 20
 *  +-------------------------------+-------------------------------+
 *  |                             Block                            ...  24
 *  |              Groups and var data, the body last              ...
 *  +---------------------------------------------------------------+
 *  |                 Zeros, to a multiple of 8 bytes              ...
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * All integers are little-endian. The length counts from the length field to the last byte before the zeros.
 *
 * <p>A frame with {@link #FLAG_STAMPED} begins its block with the <b>stamp</b>: position and timestamp, 8 bytes each,
 * set by the server when it appends the frame. The content checksum is the author's and covers all from the flags to
 * the length's end but the stamp, so it travels end to end; the stamp checksum is the server's and covers the length
 * field and the stamp. It is zero while the stamp is not set. Both are CRC32C (RFC 3720).
 */
public final class FrameDescriptor {
    /** Frames begin at, and are padded to, multiples of this many bytes. */
    public static final int ALIGNMENT = 8;

    /** Offset of the frame's length, an int32 in bytes without the padding. */
    public static final int LENGTH_OFFSET = 0;

    /** Offset of the author's checksum. */
    public static final int CONTENT_CHECKSUM_OFFSET = 4;

    /** Offset of the server's checksum over length and stamp. */
    public static final int STAMP_CHECKSUM_OFFSET = 8;

    /** Offset of the flags. */
    public static final int FLAGS_OFFSET = 12;

    /** Offset of the SBE message header. */
    public static final int HEADER_OFFSET = 16;

    /** Offset of the block length within the frame. */
    public static final int BLOCK_LENGTH_OFFSET = HEADER_OFFSET;

    /** Offset of the template id within the frame. */
    public static final int TEMPLATE_ID_OFFSET = HEADER_OFFSET + 2;

    /** Offset of the schema id within the frame. */
    public static final int SCHEMA_ID_OFFSET = HEADER_OFFSET + 4;

    /** Offset of the schema version within the frame. */
    public static final int VERSION_OFFSET = HEADER_OFFSET + 6;

    /** Offset of the block: the bytes before it are the same for every template. */
    public static final int BLOCK_OFFSET = 24;

    /** Offset of the position in a stamped frame. */
    public static final int POSITION_OFFSET = BLOCK_OFFSET;

    /** Offset of the timestamp in a stamped frame. */
    public static final int TIMESTAMP_OFFSET = BLOCK_OFFSET + 8;

    /** End of the stamp in a stamped frame. */
    public static final int STAMP_END_OFFSET = BLOCK_OFFSET + 16;

    /** Flag: the block begins with a stamp. */
    public static final int FLAG_STAMPED = 1;

    /** Shortest length a frame can have. */
    public static final int MIN_LENGTH = BLOCK_OFFSET;

    /** Longest length that a limit may allow: 1 GiB, so that sums of lengths stay within an int. */
    public static final int MAX_LENGTH = 1 << 30;

    /** Limit on frames unless configured, 1 MiB. */
    public static final int DEFAULT_MAX_FRAME = 1 << 20;

    /** Limit on frames before a session is logged on, 16 KiB. */
    public static final int MAX_FRAME_BEFORE_LOGON = 16 * 1024;

    private FrameDescriptor() {}

    /** The bytes a frame of this length takes up, padding included. */
    public static int aligned(int length) {
        return BitUtil.align(length, ALIGNMENT);
    }

    /** The frame's length in bytes, without padding. */
    public static int length(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    /** The frame's flags. */
    public static int flags(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + FLAGS_OFFSET, LITTLE_ENDIAN);
    }

    /** Whether the frame's block begins with a stamp. */
    public static boolean isStamped(DirectBuffer buffer, int offset) {
        return (flags(buffer, offset) & FLAG_STAMPED) != 0;
    }

    /** The SBE template id. */
    public static int templateId(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + TEMPLATE_ID_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** The length of the block that its author wrote. */
    public static int blockLength(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + BLOCK_LENGTH_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** The SBE schema id. */
    public static int schemaId(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + SCHEMA_ID_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** The schema version that the frame's author wrote. */
    public static int version(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + VERSION_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** Whether no stamp is set: the stamp checksum, and where there is a stamp its bytes, are zero. */
    public static boolean isStampClear(DirectBuffer buffer, int offset) {
        return buffer.getInt(offset + STAMP_CHECKSUM_OFFSET, LITTLE_ENDIAN) == 0
                && (!isStamped(buffer, offset) || (position(buffer, offset) | timestamp(buffer, offset)) == 0);
    }

    /** The position that the server stamped; only for a stamped frame. */
    public static long position(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + POSITION_OFFSET, LITTLE_ENDIAN);
    }

    /** The time that the server stamped, in nanoseconds since the epoch; only for a stamped frame. */
    public static long timestamp(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + TIMESTAMP_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Ends a frame whose header, block and var data are written: sets length and flags, clears the stamp checksum and
     * zeroes the padding. The content checksum comes last, by {@link FrameChecksum#sealContent}.
     *
     * @return the bytes the frame takes up, padding included.
     */
    public static int finish(MutableDirectBuffer buffer, int offset, int length, int flags) {
        buffer.putInt(offset + LENGTH_OFFSET, length, LITTLE_ENDIAN);
        buffer.putInt(offset + STAMP_CHECKSUM_OFFSET, 0, LITTLE_ENDIAN);
        buffer.putInt(offset + FLAGS_OFFSET, flags, LITTLE_ENDIAN);
        final int aligned = aligned(length);
        for (int i = length; i < aligned; i++) {
            buffer.putByte(offset + i, (byte) 0);
        }
        return aligned;
    }
}
