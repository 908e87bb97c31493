package io.tautwire.journal.file;

import static io.tautwire.journal.file.MarkDescriptor.FILE_NAME;
import static io.tautwire.journal.file.MarkDescriptor.HEADS;
import static io.tautwire.journal.file.MarkDescriptor.HEAD_INVERSE_OFFSET;
import static io.tautwire.journal.file.MarkDescriptor.HEAD_PAGE_LENGTH;
import static io.tautwire.journal.file.MarkDescriptor.HEAD_PAGE_OFFSET;
import static io.tautwire.journal.file.MarkDescriptor.HEAD_STRIDE;
import static io.tautwire.journal.file.MarkDescriptor.SLOT_LENGTH;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * {@code journal.mark} of a journal that is open: records how far it is forced, and notes its head.
 *
 * <p>Threads: {@link #head(long)} one at a time; all else another, one at a time. Closing unmaps nothing, because the
 * head may just be moving on another thread: the page goes with the last reference to it.
 */
final class MarkFile implements AutoCloseable {
    private final DiskFile file;
    private final DiskMapping headPage;
    private final UnsafeBuffer heads;
    private final long journalId;
    private final String bootId;
    private final ByteBuffer slot = FormatPrologue.unit(SLOT_LENGTH);
    private long number;
    private long synced;
    private long forcedHead;
    private int headTurn;
    private volatile long head;
    private volatile boolean isClosed;

    private MarkFile(DiskFile file, DiskMapping headPage, Mark found, long head, String bootId) {
        this.file = file;
        this.headPage = headPage;
        this.heads = headPage.buffer();
        this.journalId = found.journalId();
        this.bootId = bootId;
        this.number = found.number();
        this.synced = found.synced();
        this.head = head;
        this.forcedHead = -1;
    }

    /** Puts the mark of an empty journal there. */
    static void create(JournalDirectory directory, long journalId) throws IOException {
        final String bootId = directory.disk().bootId();
        final ByteBuffer first = FormatPrologue.unit(SLOT_LENGTH);
        final ByteBuffer second = FormatPrologue.unit(SLOT_LENGTH);
        MarkDescriptor.encode(first, journalId, 1, 0, true, bootId);
        MarkDescriptor.encode(second, journalId, 2, 0, true, bootId);
        directory.replace(FILE_NAME, first, second, MarkDescriptor.headPage(0));
    }

    /**
     * Opens it to be written.
     *
     * @param head that was recovered: a power cut may have taken the one found there back, or what it refers to.
     */
    static MarkFile open(JournalDirectory directory, Mark found, long head) throws IOException {
        final DiskFile file = directory.disk().open(directory.file(FILE_NAME), true);
        try {
            final DiskMapping page = file.map(HEAD_PAGE_OFFSET, HEAD_PAGE_LENGTH, true);
            return new MarkFile(file, page, found, head, directory.disk().bootId());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** What was recorded last. */
    long synced() {
        return synced;
    }

    /** Whether there is nothing to record. */
    boolean isUpToDate(long forced) {
        return forced <= synced && head <= forcedHead;
    }

    /** Notes the head, which survives the death of the process. Does nothing for a lower one, or once closed. */
    void head(long position) {
        if (position <= head || isClosed) {
            return;
        }
        headTurn = (headTurn + 1) % HEADS;
        putHead(headTurn, position);
        head = position;
    }

    /** Records durably that everything below a position is forced, and with it the head. */
    void record(long forced) throws IOException {
        forceHead();
        recordSlot(forced, false);
    }

    /** Records in both slots that the journal is open, or that it is closed in order; on a damaged file too. */
    void recordTwice(long forced, boolean isClean) throws IOException {
        final long last = head;
        for (int i = 0; i < HEADS; i++) {
            putHead(i, last);
        }
        forcedHead = -1;
        forceHead();
        recordSlot(forced, isClean);
        recordSlot(forced, isClean);
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        file.close();
    }

    private void putHead(int turn, long position) {
        // Release: the inverse may only be half of it, if the process dies here, while the other turn's is whole.
        heads.putLongRelease(turn * HEAD_STRIDE + HEAD_INVERSE_OFFSET, little(~position));
        heads.putLongRelease(turn * HEAD_STRIDE, little(position));
    }

    private static long little(long value) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? value : Long.reverseBytes(value);
    }

    private void forceHead() throws IOException {
        final long noted = head;
        if (noted != forcedHead) {
            headPage.force(0, HEAD_PAGE_LENGTH);
            forcedHead = noted;
        }
    }

    private void recordSlot(long forced, boolean isClean) throws IOException {
        number++;
        MarkDescriptor.encode(slot, journalId, number, forced, isClean, bootId);
        slot.clear();
        JournalDirectory.writeFully(file, (number % MarkDescriptor.SLOTS) * SLOT_LENGTH, slot);
        file.force();
        synced = forced;
    }
}
