package io.tautwire.journal.file;

import static io.tautwire.journal.file.SegmentDescriptor.HEADER_LENGTH;

import io.tautwire.journal.recovery.Recovered;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Makes a journal's files be what a recovery found, and all of it durable. Dying in the middle of it does no harm: the
 * next recovery finds the same.
 */
final class RecoveredFiles {
    private static final int COPY_LENGTH = 1 << 20;

    private final JournalDirectory directory;
    private final SegmentFiles files;
    private final int segmentLength;
    private final Recovered recovered;

    RecoveredFiles(JournalDirectory directory, JournalIdentity identity, Recovered recovered) {
        this.directory = directory;
        this.files = new SegmentFiles(directory, identity);
        this.segmentLength = identity.segmentLength();
        this.recovered = recovered;
    }

    /**
     * Deletes what is not needed, cuts the tail, and forces the rest.
     *
     * @param synced what was recorded as forced.
     */
    void settle(long synced) throws IOException {
        settle(synced, recovered.isCut());
    }

    /** As {@link #settle}, where something was left out of what was recovered: it is zeroed, whatever it is. */
    void cut(long synced) throws IOException {
        settle(synced, true);
    }

    private void settle(long synced, boolean isCut) throws IOException {
        final long[] found = directory.segments();
        deleteAbove(found);
        for (final long segment : directory.segments()) {
            if (segment + segmentLength > Math.min(synced, recovered.tail())) {
                settleSegment(segment, synced, isCut);
            }
        }
        deleteBelow(directory.segments());
        deleteUnfinished();
    }

    /** From the last one back, so that no gap arises; but one file always stays: it tells where the journal is. */
    private void deleteAbove(long[] found) throws IOException {
        for (int i = found.length - 1; i > 0; i--) {
            if (found[i] < recovered.endSegment()) {
                return;
            }
            directory.deleteSegment(found[i]);
        }
    }

    private void deleteBelow(long[] found) throws IOException {
        for (int i = 0; i < found.length - 1 && found[i] < recovered.firstSegment(); i++) {
            directory.deleteSegment(found[i]);
        }
    }

    private void deleteUnfinished() throws IOException {
        for (final String name : directory.disk().list(directory.path())) {
            if (name.endsWith(JournalDirectory.UNFINISHED)
                    && SegmentDescriptor.position(name.substring(0, name.length() - 4)) >= 0) {
                directory.deleteIfThere(directory.file(name));
            }
        }
    }

    private void settleSegment(long segment, long synced, boolean isCut) throws IOException {
        try (DiskFile file = files.open(segment, true)) {
            final int tail = (int) Math.min(Math.max(recovered.tail() - segment, 0), segmentLength);
            final int forced = (int) Math.min(Math.max(synced - segment, 0), tail);
            rewrite(file, forced & -FormatPrologue.PAGE, tail);
            if (isCut) {
                files.zero(file, tail, segmentLength);
            }
            file.force();
        }
    }

    /**
     * Writes once more what may not be forced. The system may have dropped it when it could not be forced before, while
     * what is read still comes from its cache; only writing it makes the next force try again.
     */
    private void rewrite(DiskFile file, int from, int to) throws IOException {
        final ByteBuffer copy = ByteBuffer.allocateDirect(Math.min(COPY_LENGTH, to - from));
        for (int at = from; at < to; at += copy.limit()) {
            copy.clear().limit(Math.min(copy.capacity(), to - at));
            JournalDirectory.readFully(file, HEADER_LENGTH + (long) at, copy);
            copy.flip();
            JournalDirectory.writeFully(file, HEADER_LENGTH + (long) at, copy);
        }
    }
}
