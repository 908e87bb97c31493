package io.tautwire.client.internal;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.core.bookmark.MarkTable;
import io.tautwire.client.internal.core.bookmark.Room;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;
import io.tautwire.journal.file.FileJournal;
import io.tautwire.journal.file.FileJournalConfig;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The journal that a bookmark store lies in, in a directory. */
public final class BookmarkFile implements AutoCloseable {
    /** Short, for there are hardly ever more than two; the longest record fits many times. */
    private static final int SEGMENT_LENGTH = 1 << 20;

    private static final long MAX_BYTES = 64L << 20;

    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(50);

    /** Of pauses, for a segment to be prepared: ten seconds. */
    private static final int PATIENCE = (int) (TimeUnit.SECONDS.toNanos(10) / PAUSE_NS);

    private final FileJournal file;

    private BookmarkFile(FileJournal file) {
        this.file = file;
    }

    /**
     * Opens a directory, reads what is there into a table, and records the table's changes from then on.
     *
     * @throws TautwireException as {@link FileJournal#open}; STORAGE_FULL.
     */
    public static BookmarkFile open(Path directory, MarkTable table) {
        return open(directory, table, SEGMENT_LENGTH);
    }

    static BookmarkFile open(Path directory, MarkTable table, int segmentLength) {
        final FileJournal file = FileJournal.open(FileJournalConfig.bookmarks(directory, newId())
                .segmentLength(segmentLength)
                .maxBytes(MAX_BYTES)
                .threadPrefix("tautwire-bookmarks")
                .visitor((position, buffer, offset, length, templateId) -> table.replay(buffer, offset, templateId)));
        try {
            if (!file.isSameBoot() && !file.recovered().isClean()) {
                table.anyMayBeRepeated();
            }
            table.record(file.journal(), room(directory, file.journal()));
            return new BookmarkFile(file);
        } catch (final RuntimeException e) {
            file.abandon();
            throw e;
        }
    }

    private static Room room(Path directory, Journal journal) {
        return (refused, attempt) -> {
            if (refused == Journal.NOT_READY && attempt < PATIENCE) {
                LockSupport.parkNanos(PAUSE_NS);
                return;
            }
            final String where = "bookmarkStore=" + directory;
            final Throwable cause = journal.prepareFailure();
            throw new TautwireException(
                    Code.STORAGE_FULL,
                    cause != null
                            ? where + " cannot grow; make room on its disk, then subscribe again"
                            : where + " has no room for more within maxBytes=" + MAX_BYTES
                                    + "; discard messages, or use smaller windows",
                    cause);
        };
    }

    private static long newId() {
        return ThreadLocalRandom.current().nextLong();
    }

    /** Lets go of the directory as the death of the process would. */
    void abandon() {
        file.abandon();
    }

    /** Forces everything, and lets go of the directory. Idempotent. */
    @Override
    public void close() {
        file.close();
    }
}
