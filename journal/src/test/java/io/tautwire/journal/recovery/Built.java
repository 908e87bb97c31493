package io.tautwire.journal.recovery;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.journal.Frames;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.KeptStorage;
import io.tautwire.journal.WhenFull;
import org.agrona.DirectBuffer;

/** A server's journal, written by the real one, to be found again. */
final class Built {
    static final int SEGMENT = 4 * 1024;

    private final Frames frames = new Frames();
    private final KeptStorage storage = new KeptStorage(SEGMENT);
    private final Journal journal = new Journal(storage, new JournalConfig(7, 0, SEGMENT, 64, WhenFull.REFUSE));
    private long nextId = 1;

    /** Appends a stamped frame. */
    Built frame(int length) {
        final long position = journal.claim(length);
        frames.write(journal.claimBuffer(), journal.claimOffset(), length, nextId);
        frames.stamp(journal.claimBuffer(), journal.claimOffset(), position, 1000 + nextId++);
        journal.commit(length);
        return this;
    }

    /** Appends a stamped frame that has other bytes in it. */
    Built frameAround(DirectBuffer bytes, int length) {
        final long position = journal.claim(Frames.MIN + length);
        frames.write(journal.claimBuffer(), journal.claimOffset(), Frames.MIN + length, nextId++);
        journal.claimBuffer().putBytes(journal.claimOffset() + Frames.MIN, bytes, 0, length);
        frames.seal(journal.claimBuffer(), journal.claimOffset(), Frames.MIN + length);
        frames.stamp(journal.claimBuffer(), journal.claimOffset(), position, 1000);
        journal.commit(Frames.MIN + length);
        return this;
    }

    /** Appends a frame that leaves so many bytes of its segment. */
    Built fillBut(int left) {
        return frame((int) (SEGMENT - journal.tail() % SEGMENT) - left);
    }

    long tail() {
        return journal.tail();
    }

    long releaseTo(long position) {
        journal.releaseTo(position);
        return position;
    }

    /** Where a frame of this length will lie. */
    long next(int length) {
        final long left = SEGMENT - journal.tail() % SEGMENT;
        return FrameDescriptor.aligned(length) <= left ? journal.tail() : journal.tail() + left;
    }

    /** What is kept of it; neither clean nor killed yet. */
    MemoryImage image() {
        journal.force();
        return storage.image();
    }
}
