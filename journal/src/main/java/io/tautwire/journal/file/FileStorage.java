package io.tautwire.journal.file;

import static io.tautwire.codec.sbe.Code.STORAGE_FULL;

import io.tautwire.TautwireException;
import io.tautwire.journal.Storage;
import io.tautwire.journal.StorageListener;
import io.tautwire.journal.StorageListener.Request;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Carries a journal's requests out on its files, which have been recovered. Has no threads of its own: see
 * {@link StorageExecutors}.
 *
 * <p>Completions of writes and of forces are merged when several are done at a time: the last one's position stands for
 * all. A read whose segment is released before it was carried out does not complete.
 */
final class FileStorage implements Storage {
    private final JournalDirectory directory;
    private final SegmentFiles files;
    private final SegmentMemories memories;
    private final boolean isMapped;
    private final StorageExecutors executors;
    private final MarkFile mark;
    private final Flow flow;
    private final int segmentLength;

    /** What is in memory. Filled by preparing and reading; what is cooled or released is gone when that was asked. */
    private final Map<Long, HeldSegment> held = new ConcurrentHashMap<>();

    private final Completions completions;

    /** Below this position segments are released, or asked to be. */
    private volatile long releasedTo;

    /** Behind the last file that is there. Owned by preparing. */
    private long endOfFiles;

    /** The last file, if it is released and only kept until the next is there; else -1. Owned by preparing. */
    private long kept = -1;

    /** The segment whose preparing waits for memory, or -1. Owned by preparing. */
    private long waiting = -1;

    /**
     * Takes over a directory that is recovered.
     *
     * @param firstSegment the first one that the journal needs.
     * @param tail         of the journal; all below is forced.
     * @param maxHot       segments of direct memory at a time, at most.
     */
    FileStorage(
            JournalDirectory directory,
            JournalIdentity identity,
            SegmentMemory memory,
            int maxHot,
            StorageExecutors executors,
            MarkFile mark,
            LongSupplier nanoClock,
            long firstSegment,
            long tail)
            throws IOException {
        this.directory = directory;
        this.files = new SegmentFiles(directory, identity);
        this.segmentLength = identity.segmentLength();
        this.memories = new SegmentMemories(segmentLength, maxHot);
        this.isMapped = memory == SegmentMemory.MAPPED;
        this.executors = Objects.requireNonNull(executors, "executors");
        this.mark = mark;
        this.completions = new Completions(executors.completions());
        this.flow = new Flow(held, segmentLength, isMapped, executors, completions, mark, nanoClock, tail);
        this.releasedTo = firstSegment;
        final long[] found = directory.segments();
        this.endOfFiles = found.length == 0 ? firstSegment : found[found.length - 1] + segmentLength;
        this.kept = endOfFiles <= firstSegment && found.length > 0 ? endOfFiles - segmentLength : -1;
    }

    @Override
    public void open(StorageListener listener, int lengthOfSegments) {
        if (lengthOfSegments != segmentLength) {
            throw new IllegalArgumentException(
                    "segmentLength=" + lengthOfSegments + " is not that of the files: " + segmentLength);
        }
        completions.open(listener);
    }

    @Override
    public void prepare(long segmentPosition) {
        submit(() -> doPrepare(segmentPosition));
    }

    @Override
    public void write(long position, int length) {
        flow.write(position, position + length);
    }

    @Override
    public void force(long position) {
        flow.force(position);
    }

    @Override
    public void read(long segmentPosition) {
        if (segmentPosition < releasedTo) {
            completions.failed(Request.READ, segmentPosition, gone(segmentPosition));
        } else if (!completions.isClosed()) {
            executors.read().execute(() -> doRead(segmentPosition));
        }
    }

    @Override
    public void cool(long segmentPosition) {
        final HeldSegment segment = held.remove(segmentPosition);
        if (segment != null) {
            submit(() -> giveUp(segment));
        }
    }

    @Override
    public void head(long position) {
        mark.head(position);
    }

    @Override
    public void release(long segmentPosition) {
        if (segmentPosition < releasedTo) {
            completions.failed(Request.RELEASE, segmentPosition, gone(segmentPosition));
            return;
        }
        releasedTo = segmentPosition + segmentLength;
        final HeldSegment segment = held.remove(segmentPosition);
        submit(() -> doRelease(segmentPosition, segment));
    }

    /** To be run now and then by whoever runs the forcing, when there is nothing to force: records what is. */
    void onIdle() {
        flow.onIdle();
    }

    /**
     * Writes and forces all below the tail, and records that the journal is closed in order. No task runs any more.
     *
     * @throws IOException if anything fails, or failed before: then nothing is recorded.
     */
    void finish(long tail) throws IOException {
        flow.finish(releasedTo, tail);
        if (isMapped) {
            zeroBehind(tail);
        }
        mark.recordTwice(tail, true);
    }

    @Override
    public void close() {
        if (!completions.close()) {
            return;
        }
        for (final HeldSegment segment : held.values()) {
            try {
                segment.close();
            } catch (IOException e) {
                // what was to be kept is forced by now; what was not has failed already
            }
        }
        held.clear();
    }

    private void submit(Runnable task) {
        if (!completions.isClosed()) {
            executors.prepare().execute(() -> {
                if (!completions.isClosed()) {
                    task.run();
                }
            });
        }
    }

    private void doPrepare(long position) {
        if (!isMapped && memories.isExhausted()) {
            waiting = position; // until a segment is cooled or released: the disk is behind
            return;
        }
        DiskFile file = null;
        try {
            final boolean isThere = position < endOfFiles;
            file = isThere ? files.open(position, true) : files.create(position);
            endOfFiles = Math.max(endOfFiles, position + segmentLength);
            final HeldSegment segment = isMapped ? map(position, file) : hold(position, file, isThere);
            held.put(position, segment);
            completions.prepared(position, segment.memory());
        } catch (IOException | TautwireException e) {
            close(file);
            completions.failed(Request.PREPARE, position, noRoom(position, e));
            return;
        } catch (Unmappable e) {
            close(file);
            completions.failed(Request.WRITE, position, e.getCause());
            return;
        }
        deleteKept(position);
    }

    private HeldSegment map(long position, DiskFile file) throws IOException {
        final DiskMapping mapping;
        try {
            mapping = files.map(file, true);
        } catch (IOException e) {
            throw new Unmappable(new IOException("cannot map " + directory.segment(position), e));
        }
        file.close();
        mapping.load();
        return HeldSegment.mapped(position, mapping);
    }

    private HeldSegment hold(long position, DiskFile file, boolean isThere) throws IOException {
        final UnsafeBuffer memory = memories.take();
        try {
            if (isThere) {
                files.read(file, memory);
            }
        } catch (IOException e) {
            memories.giveBack(memory);
            throw e;
        }
        return HeldSegment.direct(position, memory, file);
    }

    private void doRead(long position) {
        final HeldSegment hot = held.get(position);
        if (hot != null) {
            completions.read(position, hot.memory());
            return;
        }
        try {
            final DiskMapping mapping = files.map(position, isMapped);
            mapping.load();
            held.put(position, HeldSegment.mapped(position, mapping));
            completions.read(position, mapping.buffer());
        } catch (IOException e) {
            if (position >= releasedTo) {
                completions.failed(Request.READ, position, e);
            }
        }
        if (position < releasedTo) {
            final HeldSegment late = held.remove(position);
            if (late != null) {
                submit(() -> giveUp(late));
            }
        }
    }

    private void doRelease(long position, HeldSegment segment) {
        try {
            if (segment != null) {
                giveUp(segment);
            }
            if (position + segmentLength == endOfFiles) {
                kept = position;
            } else {
                directory.deleteSegment(position);
            }
            completions.released(position);
        } catch (IOException e) {
            completions.failed(Request.RELEASE, position, e);
        }
    }

    /** The last file tells where a journal is that holds nothing, so it stays until another is there. */
    private void deleteKept(long prepared) {
        if (kept < 0 || kept >= prepared) {
            return;
        }
        final long position = kept;
        kept = -1;
        try {
            directory.deleteSegment(position);
        } catch (IOException e) {
            completions.failed(Request.RELEASE, position, e);
        }
    }

    private void giveUp(HeldSegment segment) {
        try {
            segment.giveUp();
        } catch (IOException e) {
            completions.failed(Request.WRITE, segment.position(), e);
        }
        if (!segment.isMapped()) {
            memories.giveBack(segment.memory());
            if (waiting >= 0) {
                final long position = waiting;
                waiting = -1;
                doPrepare(position);
            }
        }
    }

    /** What was claimed and never committed may lie there; behind the tail of a journal closed in order all is zero. */
    private void zeroBehind(long tail) throws IOException {
        for (final HeldSegment segment : held.values()) {
            if (tail - segment.position() < segmentLength) { // compared as longs: a segment may be far below the tail
                final int from = (int) Math.max(tail - segment.position(), 0);
                Zeros.fill(segment.memory(), from, segmentLength);
                segment.force(from & -FormatPrologue.PAGE, segmentLength - (from & -FormatPrologue.PAGE));
            }
        }
    }

    private TautwireException noRoom(long position, Exception cause) {
        return new TautwireException(
                STORAGE_FULL,
                "cannot prepare file=" + directory.segment(position) + " length="
                        + SegmentDescriptor.fileLength(segmentLength) + ": " + cause
                        + "; make room on the disk, it is tried again",
                cause);
    }

    private IllegalArgumentException gone(long position) {
        return new IllegalArgumentException("segmentPosition=" + position + " is released");
    }

    private static void close(DiskFile file) {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                // the failure that led here is the one to tell
            }
        }
    }

    /** No address space: unlike a full disk nothing that goes away by waiting. */
    private static final class Unmappable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unmappable(IOException cause) {
            super(cause);
        }
    }
}
