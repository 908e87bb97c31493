package io.tautwire.server.internal.broker.delivery;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.FrameShape;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.codec.topic.TopicPattern;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalCursor;
import org.agrona.DirectBuffer;

/**
 * The one cursor that feeds all subscriptions that are behind, in turn: they keep their positions, it has the eyes.
 *
 * <p>It trusts neither positions, which clients may have named, nor segments, which may have come from a disk: each
 * frame must say by its stamp that it lies where it was found, and its parts must make it up, before anything in it is
 * looked at; and before it is delivered its checksums are verified.
 */
final class BacklogReader {
    private final Journal journal;
    private final JournalCursor cursor;
    private final FrameChecksum checksum = new FrameChecksum();
    private final MessageView message = new MessageView();
    private final Frame frame = new Frame();
    private boolean isMessage;

    BacklogReader(Journal journal) {
        this.journal = journal;
        this.cursor = journal.cursor(journal.tail());
    }

    /**
     * Reads the frame at a position, or the first one after it: as {@link JournalCursor#poll()}.
     *
     * @param position from the journal's beginning to its tail, a multiple of 8.
     * @throws TautwireException JOURNAL_CORRUPT if there is none.
     */
    int read(long position) {
        final int found = poll(position);
        if (found == JournalCursor.FRAME) {
            final DirectBuffer buffer = cursor.buffer();
            final int offset = cursor.offset();
            frame.wrap(buffer, offset, cursor.length(), cursor.position());
            checkFound();
            isMessage = FrameDescriptor.templateId(buffer, offset) == MessageDecoder.TEMPLATE_ID;
            if (isMessage) {
                message.wrap(buffer, offset);
            }
        }
        return found;
    }

    /** Whether the segment that a position lies in has to be fetched; it has been asked for then. */
    boolean isCold(long position) {
        try {
            return poll(position) == JournalCursor.COLD;
        } catch (TautwireException e) {
            return false; // whoever reads there is told
        } finally {
            cursor.seek(position);
        }
    }

    /**
     * Verifies the checksums of the frame found.
     *
     * @throws TautwireException JOURNAL_CORRUPT if one is wrong.
     */
    void checkIntact() {
        if (!checksum.isStampIntact(frame.buffer(), frame.offset())
                || !checksum.isContentIntact(frame.buffer(), frame.offset(), frame.length())) {
            throw corrupt("its checksum is wrong");
        }
    }

    /** The frame found. */
    Frame frame() {
        return frame;
    }

    /** When the frame found was appended, in nanoseconds since the epoch. */
    long timestampNs() {
        return FrameDescriptor.timestamp(frame.buffer(), frame.offset());
    }

    /** Bytes of what was read last, padding included. */
    int frameBytes() {
        return FrameDescriptor.aligned(cursor.length());
    }

    /** Whether the frame found is a message that the pattern takes. */
    boolean matches(TopicPattern pattern) {
        return isMessage && pattern.matches(message.buffer(), message.topicOffset(), message.topicLength());
    }

    /** After LAPPED: where what is left begins. */
    long lappedTo() {
        return cursor.lappedTo();
    }

    private int poll(long position) {
        if (cursor.nextPosition() != position) {
            cursor.seek(position);
        }
        return cursor.poll();
    }

    private void checkFound() {
        final DirectBuffer buffer = frame.buffer();
        final int offset = frame.offset();
        if (frame.end() > journal.tail()
                || !FrameDescriptor.isStamped(buffer, offset)
                || frame.length() < FrameDescriptor.STAMP_END_OFFSET
                || FrameDescriptor.position(buffer, offset) != frame.position()) {
            throw corrupt("its stamp is another's");
        }
        final FrameShape shape = FrameShape.of(FrameDescriptor.templateId(buffer, offset));
        if (shape != null && !shape.fits(buffer, offset, frame.length())) {
            throw corrupt("its parts do not make it up");
        }
    }

    private TautwireException corrupt(String what) {
        return new TautwireException(
                Code.JOURNAL_CORRUPT,
                "position=" + frame.position() + " length=" + frame.length() + " is no frame that can be delivered: "
                        + what);
    }
}
