package io.tautwire.journal.file;

import io.tautwire.TautwireException;
import java.nio.ByteBuffer;

/**
 * Layout of a segment file: a header of one page, then the segment's bytes, which are frames, padding, and zeros behind
 * the journal's tail. Its name is its position in 16 hexadecimal digits, and {@code .seg}. Nothing else computes these
 * offsets.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |               {@link FormatPrologue}, "TAUTWSEG"              |  0
 *  |                                                              ...
 *  +---------------------------------------------------------------+
 *  |                          Journal id                           | 16
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                  Position of the first byte                   | 24
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                        Segment length                         | 32
 *  +---------------------------------------------------------------+
 *  |                            Zeros                             ...  36
 *  +---------------------------------------------------------------+
 *  |                   The segment's bytes                        ...  4096
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * The header never changes. Its checksum covers all 4096 bytes of it; the frames have their own.
 */
final class SegmentDescriptor {
    static final long MAGIC = FormatPrologue.magic("TAUTWSEG");
    static final int JOURNAL_ID_OFFSET = FormatPrologue.END_OFFSET;
    static final int POSITION_OFFSET = 24;
    static final int SEGMENT_LENGTH_OFFSET = 32;

    /** Bytes of the header; the segment's first byte lies here. */
    static final int HEADER_LENGTH = FormatPrologue.PAGE;

    private static final String SUFFIX = ".seg";
    private static final int DIGITS = 16;

    private SegmentDescriptor() {}

    /** The name of a segment's file. */
    static String fileName(long segmentPosition) {
        return String.format("%016x", segmentPosition) + SUFFIX;
    }

    /** The position that a file's name says, or -1 if it is no segment's. */
    static long position(String fileName) {
        if (fileName.length() != DIGITS + SUFFIX.length() || !fileName.endsWith(SUFFIX)) {
            return -1;
        }
        long position = 0;
        for (int i = 0; i < DIGITS; i++) {
            final char c = fileName.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return -1;
            }
            position = position << 4 | Character.digit(c, 16);
        }
        return position;
    }

    /** Bytes of the whole file. */
    static long fileLength(int segmentLength) {
        return HEADER_LENGTH + (long) segmentLength;
    }

    /** A header. */
    static ByteBuffer encode(long journalId, long segmentPosition, int segmentLength) {
        final ByteBuffer header = FormatPrologue.unit(HEADER_LENGTH);
        header.putLong(JOURNAL_ID_OFFSET, journalId)
                .putLong(POSITION_OFFSET, segmentPosition)
                .putInt(SEGMENT_LENGTH_OFFSET, segmentLength);
        FormatPrologue.seal(header, MAGIC);
        return header;
    }

    /**
     * Makes sure that a header is this segment's of this journal.
     *
     * @throws TautwireException JOURNAL_CORRUPT or VERSION_UNSUPPORTED, naming the file.
     */
    static void check(ByteBuffer header, long journalId, long segmentPosition, int segmentLength, String file) {
        FormatPrologue.check(header, MAGIC, file + " header");
        final long foundId = header.getLong(JOURNAL_ID_OFFSET);
        final long foundPosition = header.getLong(POSITION_OFFSET);
        final int foundLength = header.getInt(SEGMENT_LENGTH_OFFSET);
        if (foundId != journalId || foundPosition != segmentPosition || foundLength != segmentLength) {
            throw FormatPrologue.corrupt(file + " is another segment: journalId=" + Long.toHexString(foundId)
                    + " position=" + foundPosition + " segmentLength=" + foundLength + " instead of journalId="
                    + Long.toHexString(journalId) + " position=" + segmentPosition + " segmentLength=" + segmentLength);
        }
    }
}
