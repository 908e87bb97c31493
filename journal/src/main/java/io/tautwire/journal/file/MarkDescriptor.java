package io.tautwire.journal.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Layout of {@code journal.mark}: how far a journal has come. Three pages: two slots that are written in turn, each
 * forced before the other is written, so that a power cut spoils one at most; and the head. Nothing else computes these
 * offsets.
 *
 * <p>A slot, at 0 and at 4096:
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |               {@link FormatPrologue}, "TAUTWMRK"              |  0
 *  |                                                              ...
 *  +---------------------------------------------------------------+
 *  |                          Journal id                           | 16
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |          Number: of two slots the higher one counts           | 24
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |             Synced: all below this position is forced         | 32
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |     Clean: 1 if closed in order, then synced is the tail      | 40
 *  +---------------------------------------------------------------+
 *  |                   Length of the boot id                       | 44
 *  +---------------------------------------------------------------+
 *  |  Boot id in ASCII: when the machine ran that wrote this      ...  48
 *  +---------------------------------------------------------------+
 *  |                            Zeros                             ...
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * The head's page, at 8192, is mapped: the head moves often, and is kept when the process dies. It is there twice,
 * written in turn, so that a death between two stores leaves one that is whole; the higher whole one counts.
 *
 * <pre>
 *  +---------------------------------------------------------------+
 *  |           Head: nothing below this position is needed         | 8192
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                       The same, inverted                      | 8200
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                             Head                              | 8208
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                       The same, inverted                      | 8216
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                            Zeros                             ...  8224
 *  +---------------------------------------------------------------+
 * </pre>
 */
final class MarkDescriptor {
    static final String FILE_NAME = "journal.mark";
    static final long MAGIC = FormatPrologue.magic("TAUTWMRK");
    static final int JOURNAL_ID_OFFSET = FormatPrologue.END_OFFSET;
    static final int NUMBER_OFFSET = 24;
    static final int SYNCED_OFFSET = 32;
    static final int CLEAN_OFFSET = 40;
    static final int BOOT_ID_LENGTH_OFFSET = 44;
    static final int BOOT_ID_OFFSET = 48;
    static final int MAX_BOOT_ID = 256;
    static final int SLOT_LENGTH = FormatPrologue.PAGE;
    static final int SLOTS = 2;

    /** Where the page of the head begins in the file. */
    static final int HEAD_PAGE_OFFSET = SLOTS * SLOT_LENGTH;

    static final int HEAD_PAGE_LENGTH = FormatPrologue.PAGE;

    /** Offset in the page of the head's inverse, behind the head. */
    static final int HEAD_INVERSE_OFFSET = 8;

    /** Bytes from one head in the page to the other. */
    static final int HEAD_STRIDE = 16;

    static final int HEADS = 2;
    static final int FILE_LENGTH = HEAD_PAGE_OFFSET + HEAD_PAGE_LENGTH;

    private MarkDescriptor() {}

    /** A boot id as it is kept: long ones lose their end. */
    static String bootId(String found) {
        final String ascii = new String(found.getBytes(US_ASCII), US_ASCII);
        return ascii.length() <= MAX_BOOT_ID ? ascii : ascii.substring(0, MAX_BOOT_ID);
    }

    /** Fills a slot. */
    static void encode(ByteBuffer slot, long journalId, long number, long synced, boolean isClean, String bootId) {
        final byte[] boot = bootId(bootId).getBytes(US_ASCII);
        Arrays.fill(slot.array(), (byte) 0);
        slot.putLong(JOURNAL_ID_OFFSET, journalId)
                .putLong(NUMBER_OFFSET, number)
                .putLong(SYNCED_OFFSET, synced)
                .putInt(CLEAN_OFFSET, isClean ? 1 : 0)
                .putInt(BOOT_ID_LENGTH_OFFSET, boot.length)
                .put(BOOT_ID_OFFSET, boot);
        FormatPrologue.seal(slot, MAGIC);
    }

    /** The boot id in a slot that is whole. */
    static String bootId(ByteBuffer slot) {
        final int length = slot.getInt(BOOT_ID_LENGTH_OFFSET);
        if (length < 0 || length > MAX_BOOT_ID) {
            return "";
        }
        return new String(slot.array(), slot.arrayOffset() + BOOT_ID_OFFSET, length, US_ASCII);
    }

    /** The head in its page, or -1 if neither is whole. */
    static long head(ByteBuffer page) {
        long head = -1;
        for (int i = 0; i < HEADS; i++) {
            if (isHeadWhole(page, i)) {
                head = Math.max(head, page.getLong(i * HEAD_STRIDE));
            }
        }
        return head;
    }

    /** Whether both heads in the page are whole. */
    static boolean areHeadsWhole(ByteBuffer page) {
        return isHeadWhole(page, 0) && isHeadWhole(page, 1);
    }

    private static boolean isHeadWhole(ByteBuffer page, int turn) {
        final long head = page.getLong(turn * HEAD_STRIDE);
        return head >= 0 && page.getLong(turn * HEAD_STRIDE + HEAD_INVERSE_OFFSET) == ~head;
    }

    /** A page that says that nothing below a head is needed. */
    static ByteBuffer headPage(long head) {
        final ByteBuffer page = FormatPrologue.unit(HEAD_PAGE_LENGTH);
        for (int i = 0; i < HEADS; i++) {
            page.putLong(i * HEAD_STRIDE, head).putLong(i * HEAD_STRIDE + HEAD_INVERSE_OFFSET, ~head);
        }
        return page;
    }

    /** Whether all behind the heads is zero. */
    static boolean isHeadPageClean(ByteBuffer page) {
        for (int i = HEADS * HEAD_STRIDE; i < HEAD_PAGE_LENGTH; i++) {
            if (page.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
