package io.tautwire.server.internal.broker.delivery;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.codec.topic.TopicPattern;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalCursor;

/** The one cursor that feeds all subscriptions that are behind, in turn: they keep their positions, it has the eyes. */
final class BacklogReader {
    private final JournalCursor cursor;
    private final MessageView message = new MessageView();
    private final Frame frame = new Frame();
    private boolean isMessage;

    BacklogReader(Journal journal) {
        this.cursor = journal.cursor(journal.tail());
    }

    /** Reads the frame at a position, or the first one after it: as {@link JournalCursor#poll()}. */
    int read(long position) {
        if (cursor.nextPosition() != position) {
            cursor.seek(position);
        }
        final int found = cursor.poll();
        if (found == JournalCursor.FRAME) {
            frame.wrap(cursor.buffer(), cursor.offset(), cursor.length(), cursor.position());
            isMessage = FrameDescriptor.templateId(cursor.buffer(), cursor.offset()) == MessageDecoder.TEMPLATE_ID;
            if (isMessage) {
                message.wrap(cursor.buffer(), cursor.offset());
            }
        }
        return found;
    }

    /** The frame found. */
    Frame frame() {
        return frame;
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
}
