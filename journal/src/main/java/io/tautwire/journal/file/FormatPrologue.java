package io.tautwire.journal.file;

import static io.tautwire.codec.sbe.Code.JOURNAL_CORRUPT;
import static io.tautwire.codec.sbe.Code.VERSION_UNSUPPORTED;

import io.tautwire.TautwireException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What every file of a journal, and every page of {@code journal.mark}, begins with. It is the same in all versions of
 * the format, so that a version can be named by one that does not know it.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                 Magic: 8 characters of ASCII                  |  0
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                        Format version                         |  8
 *  +---------------------------------------------------------------+
 *  |                           Checksum                            | 12
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * All integers are little-endian. The checksum is CRC32C (RFC 3720) over the whole unit, with zeros in its own place.
 * The unit is the file for {@code journal.meta}, else a page of {@link #PAGE} bytes.
 */
final class FormatPrologue {
    /** The version of the format that this code writes, and the only one it reads. */
    static final int VERSION = 1;

    /** Bytes of a page: what a segment's header and each part of {@code journal.mark} take up. */
    static final int PAGE = 4096;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 8;
    static final int CHECKSUM_OFFSET = 12;

    /** Where what is each unit's own begins. */
    static final int END_OFFSET = 16;

    private FormatPrologue() {}

    /** A unit of zeros. */
    static ByteBuffer unit(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A magic of 8 characters as its number. */
    static long magic(String text) {
        long magic = 0;
        for (int i = 7; i >= 0; i--) {
            magic = magic << 8 | text.charAt(i);
        }
        return magic;
    }

    /** Completes a unit, which fills the buffer. */
    static void seal(ByteBuffer unit, long magic) {
        unit.putLong(MAGIC_OFFSET, magic).putInt(VERSION_OFFSET, VERSION);
        unit.putInt(CHECKSUM_OFFSET, checksum(unit));
    }

    /** Whether a unit is whole, in whatever version of the format. */
    static boolean isIntact(ByteBuffer unit, long magic) {
        return unit.capacity() >= END_OFFSET
                && unit.getLong(MAGIC_OFFSET) == magic
                && unit.getInt(CHECKSUM_OFFSET) == checksum(unit);
    }

    /**
     * Makes sure that a unit is whole and of this version.
     *
     * @param where the file, and the part of it, for the message.
     * @throws TautwireException JOURNAL_CORRUPT or VERSION_UNSUPPORTED.
     */
    static void check(ByteBuffer unit, long magic, String where) {
        if (!isIntact(unit, magic)) {
            throw corrupt(where + " is not what was written: magic or checksum is wrong");
        }
        final int version = unit.getInt(VERSION_OFFSET);
        if (version != VERSION) {
            throw new TautwireException(
                    VERSION_UNSUPPORTED,
                    where + " has formatVersion=" + version + ", this program reads formatVersion=" + VERSION
                            + "; open it with the release that wrote it, or a later one");
        }
    }

    /** JOURNAL_CORRUPT with the remedy. */
    static TautwireException corrupt(String what) {
        return new TautwireException(
                JOURNAL_CORRUPT,
                what + "; look at it with `tautwire journal verify`, restore the directory from a copy");
    }

    private static int checksum(ByteBuffer unit) {
        final CRC32C crc = new CRC32C();
        final ByteBuffer view = unit.duplicate();
        view.clear().limit(CHECKSUM_OFFSET);
        crc.update(view);
        crc.update(0);
        crc.update(0);
        crc.update(0);
        crc.update(0);
        view.clear().position(END_OFFSET);
        crc.update(view);
        return (int) crc.getValue();
    }
}
