package io.tautwire.journal.file;

import static io.tautwire.journal.file.MarkDescriptor.FILE_LENGTH;
import static io.tautwire.journal.file.MarkDescriptor.FILE_NAME;
import static io.tautwire.journal.file.MarkDescriptor.HEAD_PAGE_OFFSET;
import static io.tautwire.journal.file.MarkDescriptor.SLOT_LENGTH;
import static io.tautwire.journal.file.MarkDescriptor.SYNCED_OFFSET;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What was found recorded in {@code journal.mark}.
 *
 * @param number    of the slot that counts.
 * @param hasBadSlot whether the other slot is not whole.
 * @param hasBadHead whether one of the two heads is not whole.
 */
record Mark(
        long journalId,
        long number,
        long synced,
        boolean isClean,
        String bootId,
        long head,
        boolean hasBadSlot,
        boolean hasBadHead) {
    /**
     * Reads the file.
     *
     * @param bootId of this boot.
     * @throws io.tautwire.TautwireException JOURNAL_CORRUPT or VERSION_UNSUPPORTED.
     */
    static Mark read(JournalDirectory directory, long journalId, String bootId) throws IOException {
        final String where = "file=" + directory.file(FILE_NAME);
        if (!directory.holds(FILE_NAME)) {
            throw FormatPrologue.corrupt(where + " is missing");
        }
        final ByteBuffer bytes = directory.read(FILE_NAME, FILE_LENGTH);
        if (bytes.capacity() != FILE_LENGTH) {
            throw FormatPrologue.corrupt(where + " size=" + bytes.capacity() + " is not " + FILE_LENGTH);
        }
        final ByteBuffer first = unit(bytes, 0);
        final ByteBuffer second = unit(bytes, SLOT_LENGTH);
        final ByteBuffer slot = newer(first, second);
        FormatPrologue.check(slot, MarkDescriptor.MAGIC, where + " slots");
        final boolean hasBad = !isWhole(first) || !isWhole(second);
        final Mark mark = of(slot, unit(bytes, HEAD_PAGE_OFFSET), hasBad);
        mark.check(unit(bytes, HEAD_PAGE_OFFSET), journalId, bootId, where);
        return mark;
    }

    private static Mark of(ByteBuffer slot, ByteBuffer headPage, boolean hasBad) {
        return new Mark(
                slot.getLong(MarkDescriptor.JOURNAL_ID_OFFSET),
                slot.getLong(MarkDescriptor.NUMBER_OFFSET),
                slot.getLong(SYNCED_OFFSET),
                slot.getInt(MarkDescriptor.CLEAN_OFFSET) != 0,
                MarkDescriptor.bootId(slot),
                MarkDescriptor.head(headPage),
                hasBad,
                !MarkDescriptor.areHeadsWhole(headPage));
    }

    /** As it would be if the journal were open, and no more known to be forced. */
    Mark openAt(long forced) {
        return new Mark(journalId, number, forced, false, bootId, head, hasBadSlot, hasBadHead);
    }

    /** As it would be if the journal had been closed in order with this tail. */
    Mark closedAt(long tail) {
        return new Mark(journalId, number, tail, true, bootId, head, hasBadSlot, hasBadHead);
    }

    /** Whether the machine has not gone down since. */
    boolean isSameBoot(String current) {
        return !bootId.isEmpty() && bootId.equals(MarkDescriptor.bootId(current));
    }

    private void check(ByteBuffer page, long expectedId, String currentBoot, String where) {
        if (journalId != expectedId) {
            throw FormatPrologue.corrupt(where + " journalId=" + Long.toHexString(journalId)
                    + " is of another journal than journalId=" + Long.toHexString(expectedId));
        }
        if (hasBadSlot && isSameBoot(currentBoot)) {
            // Only a power cut may tear a slot; without one, bytes have changed that nobody wrote.
            throw FormatPrologue.corrupt(where + " has a slot that is not what was written");
        }
        if (head < 0 || !MarkDescriptor.isHeadPageClean(page) || isClean && !MarkDescriptor.areHeadsWhole(page)) {
            throw FormatPrologue.corrupt(where + " offset=" + HEAD_PAGE_OFFSET + " is no head");
        }
    }

    private static ByteBuffer newer(ByteBuffer first, ByteBuffer second) {
        if (isWhole(first) && isWhole(second)) {
            final boolean isFirst =
                    first.getLong(MarkDescriptor.NUMBER_OFFSET) > second.getLong(MarkDescriptor.NUMBER_OFFSET);
            return isFirst ? first : second;
        }
        return isWhole(first) ? first : second;
    }

    private static boolean isWhole(ByteBuffer slot) {
        return FormatPrologue.isIntact(slot, MarkDescriptor.MAGIC);
    }

    private static ByteBuffer unit(ByteBuffer bytes, int offset) {
        final ByteBuffer unit = FormatPrologue.unit(FormatPrologue.PAGE);
        unit.put(0, bytes, offset, FormatPrologue.PAGE);
        return unit;
    }
}
