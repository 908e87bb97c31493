package io.tautwire.client.internal.core;

import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.journal.JournalCursor;
import org.agrona.DirectBuffer;

/**
 * The session's cursor over the publish store: hands out what is committed and unsent in chunks of whole frames, to be
 * written from where they lie. It stands at the beginning of a chunk, pinned, until the wire has taken all of it: an
 * acknowledgement may come before the write is known to be over, and the memory must not be reused till then.
 */
final class CommandChunks {
    /** The next command is longer than the server accepts, or was longer than one before accepted. */
    static final int GIVE_UP = -1;

    private final CommandStore store;
    private final JournalCursor cursor;
    private final FrameChecksum checksum = new FrameChecksum();
    private int maxFrame;
    private long sentSequence;
    private long highestSent;
    private int chunkLength;

    CommandChunks(CommandStore store) {
        this.store = store;
        cursor = store.journal().cursor(store.journal().head());
    }

    /** Begins behind what the server has. */
    void open(long position, long sentSequence, int maxFrame) {
        this.maxFrame = maxFrame;
        goTo(position, sentSequence);
        cursor.pin();
    }

    /** Goes to behind another command: what follows it is handed out again. No chunk is under way. */
    void goTo(long position, long sentSequence) {
        cursor.seek(position);
        this.sentSequence = sentSequence;
        highestSent = Math.max(highestSent, sentSequence);
    }

    /**
     * Prepares the next chunk.
     *
     * @param maxBytes most to take, unless a single frame is longer.
     * @return commands in it; zero when there are none; {@link #GIVE_UP}.
     */
    int next(int maxBytes) {
        final int readable = cursor.range(maxBytes);
        final int available = (int) Math.max(0, Math.min(readable, store.sendable() - cursor.position()));
        final DirectBuffer buffer = cursor.buffer();
        final int begin = cursor.offset();
        int commands = 0;
        chunkLength = 0;
        while (chunkLength < available) {
            final int length = FrameDescriptor.length(buffer, begin + chunkLength);
            if (length > maxFrame || GivenUp.isMarked(buffer, begin + chunkLength)) {
                break;
            }
            chunkLength += FrameDescriptor.aligned(length);
            commands++;
        }
        onSent(commands);
        return commands == 0 && available > 0 ? GIVE_UP : commands;
    }

    DirectBuffer buffer() {
        return cursor.buffer();
    }

    int offset() {
        return cursor.offset();
    }

    int length() {
        return chunkLength;
    }

    /** The wire has taken all of the chunk. */
    void taken() {
        cursor.skip(chunkLength);
    }

    /** Passes over the command that {@link #GIVE_UP} was about, for good. */
    void passOver() {
        if (!GivenUp.isMarked(cursor.buffer(), cursor.offset())) {
            GivenUp.mark(cursor.buffer(), cursor.offset(), checksum);
        }
        cursor.skip(FrameDescriptor.aligned(FrameDescriptor.length(cursor.buffer(), cursor.offset())));
        onSent(1);
    }

    /** Last sequence handed to the wire, or known to be with the server. */
    long sentSequence() {
        return sentSequence;
    }

    /** The highest {@link #sentSequence} there was. */
    long highestSent() {
        return highestSent;
    }

    /** Ends the hold on the store's memory. */
    void close() {
        cursor.unpin();
    }

    private void onSent(int commands) {
        sentSequence += commands;
        highestSent = Math.max(highestSent, sentSequence);
    }
}
