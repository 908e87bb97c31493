package io.tautwire.server.internal.broker;

import io.tautwire.codec.FrameChecksum;
import io.tautwire.journal.Journal;
import io.tautwire.server.internal.broker.delivery.Frame;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Appends frames to the journal as their publishers sent them, and stamps them. */
final class Appender {
    private final Journal journal;
    private final FrameChecksum checksum = new FrameChecksum();
    private final Frame appended = new Frame();

    Appender(Journal journal) {
        this.journal = journal;
    }

    /**
     * Copies a frame into the journal and stamps it.
     *
     * @return its position, or a negative number as of {@link Journal#claim}: nothing is appended then.
     */
    long append(DirectBuffer source, int offset, int length, long stampNs) {
        final long position = journal.claim(length);
        if (position >= 0) {
            final MutableDirectBuffer buffer = journal.claimBuffer();
            final int at = journal.claimOffset();
            buffer.putBytes(at, source, offset, length);
            checksum.stamp(buffer, at, position, stampNs);
            journal.commit(length);
            appended.wrap(buffer, at, length, position);
        }
        return position;
    }

    /** The frame appended last, where it lies; valid until the next append. */
    Frame appended() {
        return appended;
    }
}
