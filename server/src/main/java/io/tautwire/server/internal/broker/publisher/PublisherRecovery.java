package io.tautwire.server.internal.broker.publisher;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.recovery.FrameVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;

/**
 * Rebuilds the table of publishers while a journal is recovered, in the same reading: from the newest snapshot that
 * lies within what is recovered, and the frames behind it. Which snapshot that is turns out only at the end, so each is
 * followed.
 */
public final class PublisherRecovery implements FrameVisitor {
    private final Supplier<PublisherTable> newTable;
    private final List<Base> bases = new ArrayList<>();
    private long lastTimestamp;

    /** Where what is left begins: a snapshot below lacks the frames that came between. */
    private long first;

    private boolean isBegun;

    /**
     * Nothing is known yet.
     *
     * @param newTable makes an empty table.
     */
    public PublisherRecovery(Supplier<PublisherTable> newTable) {
        this.newTable = newTable;
    }

    /**
     * A snapshot, before the first frame.
     *
     * @throws TautwireException JOURNAL_CORRUPT if it is none of this journal; it is left out then.
     */
    public void addSnapshot(byte[] bytes, long journalId) {
        final PublisherTable table = newTable.get();
        bases.add(new Base(table, PublisherSnapshot.decode(bytes, journalId, table)));
    }

    @Override
    public void onFrame(long position, DirectBuffer buffer, int offset, int length, int templateId) {
        if (!isBegun) {
            begin(position);
        }
        lastTimestamp = FrameDescriptor.timestamp(buffer, offset);
        for (int i = 0; i < bases.size(); i++) {
            bases.get(i).onFrame(position, buffer, offset, templateId);
        }
    }

    /**
     * Chooses the table, once all frames were seen.
     *
     * @throws TautwireException JOURNAL_CORRUPT if there is none: duplicates could not be told any more.
     */
    public Result conclude(long head, long tail) {
        if (!isBegun) {
            begin(head);
        }
        Base chosen = null;
        for (final Base base : bases) {
            if (base.position >= first
                    && base.position <= tail
                    && (chosen == null || base.position > chosen.position)) {
                chosen = base;
            }
        }
        if (chosen == null) {
            throw new TautwireException(
                    Code.JOURNAL_CORRUPT,
                    "no snapshot of the publishers is left for head=" + head + " tail=" + tail
                            + ", and frames before them are gone; restore publishers-*.snap, or begin with an empty"
                            + " directory");
        }
        if (chosen.faultPosition >= 0) {
            throw new TautwireException(
                    Code.JOURNAL_CORRUPT,
                    "position=" + chosen.faultPosition + " holds a command of a publisher that nothing before tells of,"
                            + " snapshotPosition=" + chosen.position + "; restore the directory from a copy");
        }
        return new Result(chosen.table, chosen.position, lastTimestamp);
    }

    private void begin(long position) {
        isBegun = true;
        first = position;
        if (position == 0) {
            bases.add(new Base(newTable.get(), 0));
        }
    }

    /**
     * What was rebuilt.
     *
     * @param table            as it was behind the last frame.
     * @param snapshotPosition of the snapshot that it is built on; zero without one.
     * @param lastTimestamp    of the last frame, in nanoseconds since the epoch; zero without one.
     */
    public record Result(PublisherTable table, long snapshotPosition, long lastTimestamp) {}

    /** One table being rebuilt, from a position on. */
    private static final class Base {
        private final PublisherTable table;
        private final long position;
        private long faultPosition = -1;

        Base(PublisherTable table, long position) {
            this.table = table;
            this.position = position;
        }

        void onFrame(long at, DirectBuffer buffer, int offset, int templateId) {
            if (at >= position && !table.apply(templateId, buffer, offset) && faultPosition < 0) {
                faultPosition = at;
            }
        }
    }
}
