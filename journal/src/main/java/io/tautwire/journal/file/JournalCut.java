package io.tautwire.journal.file;

import static io.tautwire.codec.sbe.Code.CONFIGURATION_INVALID;
import static io.tautwire.codec.sbe.Code.JOURNAL_CORRUPT;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.journal.Epochs;
import io.tautwire.journal.recovery.FrameVisitor;
import io.tautwire.journal.recovery.Recovered;
import io.tautwire.journal.recovery.Recovery;
import java.io.IOException;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Gives up all that lies behind a position of a journal. It has been read up to there when this is made; what lies
 * behind may be damaged in any way.
 */
public final class JournalCut {
    private final JournalDirectory directory;
    private final JournalIdentity identity;
    private final Epochs epochs;
    private final Mark found;
    private final Recovered kept;
    private final int segmentsBehind;

    private JournalCut(JournalDirectory directory, JournalIdentity identity, Epochs epochs, Mark found, Recovered kept)
            throws IOException {
        this.directory = directory;
        this.identity = identity;
        this.epochs = epochs;
        this.found = found;
        this.kept = kept;
        this.segmentsBehind = (int) Arrays.stream(directory.segments())
                .filter(segment -> segment >= kept.endSegment())
                .count();
    }

    static JournalCut of(
            JournalDirectory directory,
            JournalIdentity identity,
            Epochs epochs,
            Mark found,
            long to,
            FrameVisitor visitor)
            throws IOException {
        if (to < found.head()) {
            throw refused(directory, to, "it lies below head=" + found.head() + ", where what is needed begins", null);
        }
        try (FileImage image = new FileImage(directory, identity, found.closedAt(to), to)) {
            final Recovered kept = Recovery.scan(image, FileJournalOpening.rule(identity), visitor);
            return new JournalCut(directory, identity, epochs, found, kept);
        } catch (TautwireException e) {
            final Boundaries boundaries =
                    e.code() == JOURNAL_CORRUPT ? boundaries(directory, identity, found, to) : null;
            if (boundaries == null || boundaries.below < 0) {
                throw e;
            }
            throw refused(directory, to, boundaries.text(), e);
        }
    }

    private static Boundaries boundaries(JournalDirectory directory, JournalIdentity identity, Mark found, long to)
            throws IOException {
        final Boundaries boundaries = new Boundaries(to);
        final int length = identity.segmentLength();
        final long limit = (Math.min(to, Long.MAX_VALUE - length) & -length) + length;
        try (FileImage image = new FileImage(directory, identity, found.openAt(0), limit)) {
            Recovery.scan(image, FileJournalOpening.rule(identity), boundaries);
        } catch (TautwireException e) {
            // the frames before the fault were seen
        }
        return boundaries;
    }

    /** What would be left. */
    public Recovered kept() {
        return kept;
    }

    /** How many segments' files would go. */
    public int segmentsBehind() {
        return segmentsBehind;
    }

    /** Number of the epoch that would begin at the tail, or -1 where there are no epochs. */
    public int newEpoch() {
        return identity.kind() == JournalKind.SERVER ? epochs.current() + 1 : -1;
    }

    /**
     * Cuts, durably, and leaves the journal closed in order. Dying in the middle leaves it as it was, or cut, or such
     * that it must be cut once more. Under a lock to write.
     *
     * @throws TautwireException JOURNAL_FAILED if the disk cannot be written.
     */
    public void carryOut() {
        final long synced = Math.min(found.synced(), kept.tail());
        try (MarkFile mark = MarkFile.open(directory, found, kept.head())) {
            // First: what is about to go must not count as forced any more.
            mark.recordTwice(synced, false);
            new RecoveredFiles(directory, identity, kept).cut(synced);
            if (newEpoch() >= 0) {
                directory.replace(
                        MetaDescriptor.FILE_NAME,
                        MetaDescriptor.encode(identity, epochs.with(newEpoch(), kept.tail())));
            }
            mark.recordTwice(kept.tail(), true);
        } catch (IOException e) {
            throw directory.failed(e);
        }
    }

    private static TautwireException refused(JournalDirectory directory, long to, String why, Exception cause) {
        return new TautwireException(
                CONFIGURATION_INVALID,
                "directory=" + directory.path() + " cannot be cut at position=" + to + ": " + why
                        + "; give a position where a frame begins or ends",
                cause);
    }

    /** The nearest ends of frames on both sides. */
    private static final class Boundaries implements FrameVisitor {
        private final long to;
        private long below = -1;
        private long above = -1;

        Boundaries(long to) {
            this.to = to;
        }

        @Override
        public void onFrame(long position, DirectBuffer buffer, int offset, int length, int templateId) {
            final long end = position + FrameDescriptor.aligned(length);
            if (position <= to) {
                below = end <= to ? end : position;
                above = end <= to ? -1 : end;
            }
        }

        String text() {
            return "the nearest that can be are " + below + (above < 0 ? ", and none behind it" : " and " + above);
        }
    }
}
