package io.tautwire.journal.file;

import static io.tautwire.codec.sbe.Code.CONFIGURATION_INVALID;

import io.tautwire.TautwireException;
import io.tautwire.journal.Epochs;
import io.tautwire.journal.recovery.FrameVisitor;
import io.tautwire.journal.recovery.Recovered;
import io.tautwire.journal.recovery.Recovery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A journal's directory as it lies there, to be looked at without being opened: nothing is recovered, no epoch begins,
 * and nothing is written but by {@link JournalCut}. For one thread. What fails is told by a {@link TautwireException}:
 * JOURNAL_CORRUPT, saying where; JOURNAL_FAILED if the disk cannot be read; VERSION_UNSUPPORTED.
 */
public final class JournalFiles implements AutoCloseable {
    private final JournalDirectory directory;
    private DiskLock lock;
    private ByteBuffer meta;
    private Mark mark;

    private JournalFiles(JournalDirectory directory) {
        this.directory = directory;
    }

    /**
     * Finds a journal; reads and locks nothing yet.
     *
     * @throws TautwireException CONFIGURATION_INVALID if there is none.
     */
    public static JournalFiles at(Path path) {
        return at(Disk.system(), path);
    }

    static JournalFiles at(Disk disk, Path path) {
        final JournalDirectory directory = new JournalDirectory(disk, path);
        try {
            if (FileJournalOpening.isThere(directory)) {
                return new JournalFiles(directory);
            }
        } catch (IOException e) {
            throw none(directory, e);
        }
        throw none(directory, null);
    }

    /**
     * Keeps others from opening it until this is closed.
     *
     * @param isToWrite whether to name this process as the holder; else the directory stays as it is.
     * @throws TautwireException JOURNAL_IN_USE, naming the holder.
     */
    public JournalFiles lock(boolean isToWrite) {
        try {
            lock = isToWrite
                    ? FileJournalOpening.lock(directory)
                    : directory.disk().lockToRead(directory.file(JournalDirectory.LOCK_NAME));
            return this;
        } catch (DiskLockedException e) {
            throw FileJournalOpening.inUse(directory, e);
        } catch (IOException e) {
            throw directory.failed(e);
        }
    }

    /** What it is. */
    public JournalIdentity identity() {
        return MetaDescriptor.identity(meta());
    }

    /** Where its epochs began. */
    public Epochs epochs() {
        return MetaDescriptor.epochs(meta());
    }

    /** The first position still needed, as last noted. */
    public long head() {
        return mark().head();
    }

    /** Everything below this position was forced, as last recorded. */
    public long synced() {
        return mark().synced();
    }

    /** Whether it was closed in order. */
    public boolean isClean() {
        return mark().isClean();
    }

    /** Whether the machine has not gone down since it was last open. */
    public boolean isSameBoot() {
        return mark().isSameBoot(directory.disk().bootId());
    }

    /** Positions of the segments that are there, rising. */
    public long[] segments() {
        try {
            return directory.segments();
        } catch (IOException e) {
            throw directory.failed(e);
        }
    }

    /** Where to look for a position, as in {@code file=... offset=...}. */
    public String locate(long position) {
        return FileImage.locate(directory, identity(), position);
    }

    /**
     * Reads it as an opening would, and decides as an opening would what of it is the journal.
     *
     * @param visitor sees the frames, before it is known whether the rest is sound; may end the reading by throwing.
     */
    public Recovered scan(FrameVisitor visitor) {
        try (FileImage image = new FileImage(directory, identity(), mark())) {
            return Recovery.scan(image, FileJournalOpening.rule(identity()), visitor);
        } catch (IOException e) {
            throw directory.failed(e);
        }
    }

    /** As {@link #scan}, and takes amiss what an opening gets over although nothing that may happen explains it. */
    public Recovered verify(FrameVisitor visitor) {
        final Recovered recovered = scan(visitor);
        if (mark().isClean() && mark().hasBadSlot()) {
            throw FormatPrologue.corrupt("file=" + directory.file(MarkDescriptor.FILE_NAME)
                    + " has a slot that is not what was written, though the journal was closed in order");
        }
        return recovered;
    }

    /** What is remarkable about a journal that is sound, in words; mostly nothing. */
    public List<String> remarks(Recovered recovered) {
        final List<String> remarks = new ArrayList<>();
        if (!recovered.isClean()) {
            remarks.add(
                    identity().kind() == JournalKind.SERVER
                            ? "not closed in order: the next open begins a new epoch at position=" + recovered.tail()
                            : "not closed in order");
        }
        if (recovered.isCut()) {
            remarks.add("torn tail at position=" + recovered.tail() + " " + locate(recovered.tail())
                    + ": what lies behind is not whole, as when everything stopped while it was written;"
                    + " the next open cuts it");
        }
        if (mark().hasBadSlot()) {
            remarks.add("file=" + directory.file(MarkDescriptor.FILE_NAME)
                    + " has a torn slot, as a power cut may leave one; the next open writes it anew");
        }
        if (mark().hasBadHead()) {
            remarks.add("file=" + directory.file(MarkDescriptor.FILE_NAME)
                    + " has a torn head beside a whole one, as dying may leave it; the next open writes it anew");
        }
        final long[] segments = segments();
        if (segments.length > 0 && segments[0] < recovered.firstSegment()) {
            remarks.add("segments below position=" + recovered.firstSegment()
                    + " are not needed, and were not read; the next open deletes them");
        }
        return remarks;
    }

    /**
     * What it takes to make a position the tail.
     *
     * @param to      where a frame begins or ends, not below the head.
     * @param visitor sees the frames that would be kept.
     * @throws TautwireException CONFIGURATION_INVALID if it is no such position, naming the nearest ones.
     */
    public JournalCut cutAt(long to, FrameVisitor visitor) {
        try {
            return JournalCut.of(directory, identity(), epochs(), mark(), to, visitor);
        } catch (IOException e) {
            throw directory.failed(e);
        }
    }

    /** Lets go of the lock. Idempotent. */
    @Override
    public void close() {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                // nothing depends on it: the lock goes with the process
            }
        }
    }

    private ByteBuffer meta() {
        if (meta == null) {
            try {
                meta = FileJournalOpening.readMeta(directory);
            } catch (IOException e) {
                throw directory.failed(e);
            }
        }
        return meta.duplicate().order(meta.order());
    }

    private Mark mark() {
        if (mark == null) {
            try {
                mark = Mark.read(
                        directory, identity().journalId(), directory.disk().bootId());
            } catch (IOException e) {
                throw directory.failed(e);
            }
        }
        return mark;
    }

    private static TautwireException none(JournalDirectory directory, IOException cause) {
        return new TautwireException(
                CONFIGURATION_INVALID,
                "directory=" + directory.path() + " holds no journal" + (cause == null ? "" : ": " + cause)
                        + "; give the directory of a server, a publish store or a bookmark store",
                cause);
    }
}
