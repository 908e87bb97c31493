package io.tautwire.client.internal.core.bookmark;

import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.FrameWriter;
import io.tautwire.codec.sbe.BookmarkChange;
import io.tautwire.codec.sbe.BookmarkRecordEncoder;
import io.tautwire.journal.Journal;

/**
 * Keeps what marks say in a journal: a record for each change, and now and then all of it once more, so that what came
 * before can be released and the journal stays as long as what is undiscarded needs. Allocates nothing.
 *
 * <p>What is written anew counts once its last record is there, and what it replaces is released after that: so a
 * journal may end anywhere.
 */
public final class BookmarkLog implements MarkLog {
    /** Records are written anew no sooner than after so many bytes of them. */
    static final int MIN_BYTES_BETWEEN = 256 * 1024;

    /** Bytes after which the storage is asked to force what it has. */
    private static final int FORCE_BYTES = 64 * 1024;

    /** A record without texts; each of the two may have a length of 65534 besides. */
    private static final int MAX_RECORD_BYTES = FrameDescriptor.aligned(
            FrameDescriptor.BLOCK_OFFSET + BookmarkRecordEncoder.BLOCK_LENGTH + 2 * Short.BYTES);

    private static final byte[] NO_BYTES = {};

    private final Journal journal;
    private final Room room;
    private final FrameWriter writer = new FrameWriter();
    private final FrameChecksum checksum = new FrameChecksum();
    private final BookmarkRecordEncoder encoder = new BookmarkRecordEncoder();
    private final MarkTable table;

    private long checkpoint;
    private long checkpointBytes;
    private long forced;

    /** Whether what is written does not tell all, because there was no room in the middle of writing it. */
    private boolean isTorn;

    /**
     * A log over a journal that is this one's alone.
     *
     * @param table what is written anew.
     */
    BookmarkLog(Journal journal, Room room, MarkTable table) {
        this.journal = journal;
        this.room = room;
        this.table = table;
        this.checkpoint = journal.head();
    }

    @Override
    public void received(int subscription, int epoch, long position, int beforeEpoch, long before) {
        prepare();
        writeReceived(subscription, epoch, position, beforeEpoch, before);
    }

    @Override
    public void discarded(int subscription, long position) {
        prepare();
        writeDiscarded(subscription, position);
    }

    @Override
    public void rewrite(SubscriptionMarks marks) {
        prepare();
        isTorn = true;
        write(marks);
        isTorn = false;
    }

    /** Asks the storage to force everything. */
    public void force() {
        forced = journal.tail();
        journal.force();
    }

    private void prepare() {
        final long since = journal.tail() - checkpoint;
        if (isTorn || since > Math.max(MIN_BYTES_BETWEEN, 2 * checkpointBytes)) {
            writeAll();
        }
        if (journal.tail() - forced > FORCE_BYTES) {
            force();
        }
    }

    /** Writes everything anew, and releases what came before. */
    void writeAll() {
        isTorn = true;
        long begin = -1;
        for (int i = 0; i < table.size(); i++) {
            final long at = table.get(i) == null ? begin : write(table.get(i));
            begin = begin < 0 ? at : begin;
        }
        isTorn = false;
        if (begin >= 0) {
            checkpoint = begin;
            checkpointBytes = journal.tail() - begin;
            force();
            journal.releaseTo(begin);
        }
    }

    /** Writes all of one subscription; returns where. */
    private long write(SubscriptionMarks marks) {
        final Undiscarded undiscarded = marks.undiscarded();
        final int first = undiscarded.first();
        final long begin = claim(
                MAX_RECORD_BYTES + 3 * (marks.name().length() + marks.pattern().length()));
        open(marks.number(), BookmarkChange.NAMED)
                .journalId(marks.journalId())
                .epoch(marks.epoch())
                .name(marks.name())
                .pattern(marks.pattern());
        close(begin);
        for (int entry = first; entry != Undiscarded.NONE; entry = undiscarded.next(entry)) {
            writeReceived(
                    marks.number(),
                    undiscarded.epoch(entry),
                    undiscarded.position(entry),
                    undiscarded.beforeEpoch(entry),
                    undiscarded.before(entry));
        }
        final long standing = claim(MAX_RECORD_BYTES);
        open(marks.number(), BookmarkChange.STANDING)
                .at(marks.receivedTo())
                .before(marks.last())
                .repeatedTo(marks.repeatedTo())
                .beforeEpoch(marks.lastEpoch());
        closeWithoutTexts(standing);
        return begin;
    }

    private void writeReceived(int subscription, int epoch, long position, int beforeEpoch, long before) {
        final long at = claim(MAX_RECORD_BYTES);
        open(subscription, BookmarkChange.RECEIVED)
                .at(position)
                .before(before)
                .epoch(epoch)
                .beforeEpoch(beforeEpoch);
        closeWithoutTexts(at);
    }

    private void writeDiscarded(int subscription, long position) {
        final long at = claim(MAX_RECORD_BYTES);
        open(subscription, BookmarkChange.DISCARDED).at(position);
        closeWithoutTexts(at);
    }

    private long claim(int maxBytes) {
        long position = journal.claim(maxBytes);
        for (int attempt = 0; position < 0; attempt++) {
            room.await(position, attempt);
            position = journal.claim(maxBytes);
        }
        return position;
    }

    private BookmarkRecordEncoder open(int subscription, BookmarkChange change) {
        return writer.begin(encoder, journal.claimBuffer(), journal.claimOffset())
                .subscription(subscription)
                .change(change);
    }

    private void closeWithoutTexts(long position) {
        encoder.putName(NO_BYTES, 0, 0).putPattern(NO_BYTES, 0, 0);
        close(position);
    }

    private void close(long position) {
        final int at = journal.claimOffset();
        writer.end(encoder, FrameDescriptor.FLAG_STAMPED);
        checksum.stamp(journal.claimBuffer(), at, position, 0);
        journal.commit(FrameDescriptor.length(journal.claimBuffer(), at));
    }
}
