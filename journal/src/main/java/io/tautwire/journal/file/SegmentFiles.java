package io.tautwire.journal.file;

import static io.tautwire.journal.file.SegmentDescriptor.HEADER_LENGTH;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** Creates and opens the files of one journal's segments. Stateless. */
final class SegmentFiles {
    /** Read by many at a time, through views of it. */
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 20).asReadOnlyBuffer();

    private final JournalDirectory directory;
    private final JournalIdentity identity;

    SegmentFiles(JournalDirectory directory, JournalIdentity identity) {
        this.directory = directory;
        this.identity = identity;
    }

    /**
     * Creates a segment's file, durably: with zeros really written, so that nothing appended later wants for room.
     *
     * @return it, open to be written.
     */
    DiskFile create(long position) throws IOException {
        final Path whole = directory.segment(position);
        final Path unfinished = whole.resolveSibling(whole.getFileName() + JournalDirectory.UNFINISHED);
        directory.deleteIfThere(unfinished);
        final DiskFile file = directory.disk().create(unfinished);
        try {
            final ByteBuffer header =
                    SegmentDescriptor.encode(identity.journalId(), position, identity.segmentLength());
            JournalDirectory.writeFully(file, 0, header);
            zero(file, 0, identity.segmentLength());
            file.force();
            directory.disk().rename(unfinished, whole);
            directory.disk().forceDirectory(directory.path());
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            giveBack(unfinished, e);
            throw e;
        }
    }

    /** Opens a segment's file that is there. */
    DiskFile open(long position, boolean isWritable) throws IOException {
        return directory.disk().open(directory.segment(position), isWritable);
    }

    /** Maps a segment that is there. */
    DiskMapping map(long position, boolean isWritable) throws IOException {
        try (DiskFile file = open(position, isWritable)) {
            return map(file, isWritable);
        }
    }

    /** Maps the segment of an open file. */
    DiskMapping map(DiskFile file, boolean isWritable) throws IOException {
        return file.map(HEADER_LENGTH, identity.segmentLength(), isWritable);
    }

    /** Reads a segment's bytes. */
    void read(DiskFile file, UnsafeBuffer memory) throws IOException {
        final ByteBuffer view = memory.byteBuffer().duplicate();
        view.clear().limit(identity.segmentLength());
        JournalDirectory.readFully(file, HEADER_LENGTH, view);
    }

    /** Writes zeros over the bytes of a segment from one offset to another. */
    void zero(DiskFile file, int from, int to) throws IOException {
        final ByteBuffer zeros = ZEROS.duplicate();
        for (int at = from; at < to; at += zeros.limit()) {
            zeros.clear().limit(Math.min(zeros.capacity(), to - at));
            JournalDirectory.writeFully(file, HEADER_LENGTH + (long) at, zeros);
        }
    }

    /** The room it took is wanted. */
    private void giveBack(Path unfinished, Exception why) {
        try {
            directory.deleteIfThere(unfinished);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }
}
