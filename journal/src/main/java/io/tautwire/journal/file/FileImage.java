package io.tautwire.journal.file;

import static io.tautwire.journal.file.SegmentDescriptor.HEADER_LENGTH;

import io.tautwire.TautwireException;
import io.tautwire.journal.recovery.JournalImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal's files as they were found. Only reads. */
final class FileImage implements JournalImage, AutoCloseable {
    private final JournalDirectory directory;
    private final SegmentFiles files;
    private final JournalIdentity identity;
    private final Mark mark;
    private final boolean isSameBoot;
    private final long[] segments;
    private final long limit;
    private UnsafeBuffer memory;

    /**
     * Looks at the files' names and headers.
     *
     * @throws TautwireException JOURNAL_CORRUPT if one is missing or another's; VERSION_UNSUPPORTED.
     */
    FileImage(JournalDirectory directory, JournalIdentity identity, Mark mark) throws IOException {
        this(directory, identity, mark, Long.MAX_VALUE);
    }

    /** As if there were nothing, or zeros, from a position on. */
    FileImage(JournalDirectory directory, JournalIdentity identity, Mark mark, long limit) throws IOException {
        this.directory = directory;
        this.files = new SegmentFiles(directory, identity);
        this.identity = identity;
        this.mark = mark;
        this.isSameBoot = mark.isSameBoot(directory.disk().bootId());
        this.limit = limit;
        this.segments = Arrays.stream(directory.segments())
                .filter(position -> position < limit)
                .toArray();
        if (segments.length == 0 && (mark.synced() != 0 || mark.head() != 0)) {
            throw FormatPrologue.corrupt("directory=" + directory.path() + " has no segment, though synced="
                    + mark.synced() + " head=" + mark.head());
        }
        for (int i = 0; i < segments.length; i++) {
            checkName(i);
            checkFile(segments[i]);
        }
    }

    @Override
    public long journalId() {
        return identity.journalId();
    }

    @Override
    public int segmentLength() {
        return identity.segmentLength();
    }

    @Override
    public long firstSegment() {
        return segments.length == 0 ? 0 : segments[0];
    }

    @Override
    public long endSegment() {
        return segments.length == 0 ? 0 : segments[segments.length - 1] + identity.segmentLength();
    }

    @Override
    public DirectBuffer segment(long segmentPosition) {
        if (memory == null) {
            memory = new UnsafeBuffer(ByteBuffer.allocateDirect(identity.segmentLength()));
        }
        try (DiskFile file = files.open(segmentPosition, false)) {
            files.read(file, memory);
            if (limit - segmentPosition < segmentLength()) {
                memory.setMemory(
                        (int) (limit - segmentPosition), (int) (segmentPosition + segmentLength() - limit), (byte) 0);
            }
        } catch (IOException e) {
            throw directory.failed(e);
        }
        return memory;
    }

    @Override
    public long head() {
        return mark.head();
    }

    @Override
    public long synced() {
        return mark.synced();
    }

    @Override
    public boolean isClean() {
        return mark.isClean();
    }

    @Override
    public boolean isSameBoot() {
        return isSameBoot;
    }

    @Override
    public String locate(long position) {
        return locate(directory, identity, position);
    }

    static String locate(JournalDirectory directory, JournalIdentity identity, long position) {
        final long segment = position & -identity.segmentLength();
        return "file=" + directory.segment(segment) + " offset=" + (HEADER_LENGTH + position - segment);
    }

    @Override
    public void close() {
        if (memory != null) {
            BufferUtil.free(memory.byteBuffer());
            memory = null;
        }
    }

    private void checkName(int index) {
        final long expected =
                index == 0 ? segments[0] & -identity.segmentLength() : segments[index - 1] + segmentLength();
        if (segments[index] != expected) {
            throw FormatPrologue.corrupt(
                    "file=" + directory.segment(expected) + " is missing: the segment that is there is "
                            + directory.segment(segments[index]).getFileName());
        }
    }

    private void checkFile(long position) throws IOException {
        final String where = "file=" + directory.segment(position);
        try (DiskFile file = files.open(position, false)) {
            final long expected = SegmentDescriptor.fileLength(identity.segmentLength());
            if (file.size() != expected) {
                throw FormatPrologue.corrupt(where + " size=" + file.size() + " is not " + expected);
            }
            final ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
            JournalDirectory.readFully(file, 0, header);
            SegmentDescriptor.check(header, identity.journalId(), position, identity.segmentLength(), where);
        }
    }
}
