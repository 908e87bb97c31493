package io.tautwire.journal;

import static io.tautwire.codec.FrameDescriptor.ALIGNMENT;
import static io.tautwire.codec.FrameDescriptor.LENGTH_OFFSET;
import static io.tautwire.codec.FrameDescriptor.MIN_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.journal.recovery.Recovered;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * An append-only log of frames in segments of one length.
 *
 * <p>A position is a byte offset that starts at 0 and never restarts; frames begin at multiples of 8. A frame never
 * crosses a segment: what is left of one is a padding frame with template id 0 (with its length alone, where no header
 * fits), which no reader is shown. Readable is what lies in {@code [head, tail)}.
 *
 * <p>Threads: claim to abort, append, force and close belong to the appender, one thread at a time (several take turns
 * through {@link io.tautwire.journal.shared.SharedAppender}); releaseTo to one thread, which may be another; each
 * cursor to one thread. Positions may be asked for by any.
 */
public final class Journal implements AutoCloseable {
    /**
     * No room until {@link #releaseTo} or a pinned cursor moves on, or the storage has memory again: see
     * {@link #prepareFailure}. Wait, or refuse the command.
     */
    public static final long FULL = -1;

    /** The storage is still preparing the next segment. Try again when it had time. */
    public static final long NOT_READY = -2;

    /** The frame is longer than a segment and never fits. Send less, or configure longer segments. */
    public static final long TOO_LARGE = -3;

    private final JournalConfig config;
    private final Epochs epochs;
    private final int segmentLength;
    private final Storage storage;
    private final StorageProgress progress;
    private final StorageRequests requests;
    private final SegmentTable segments;
    private final Pins pins = new Pins();
    private final SharedPosition head = new SharedPosition();
    private final SharedPosition droppedEnd = new SharedPosition();
    private final SharedPosition tail = new SharedPosition();

    /** End of the segment that the tail stands in; a frame that does not fit below it goes there. */
    private long enteredTo;

    /** The same once that segment is in memory; below the tail while it is not, in a journal opened again. */
    private long usableTo;

    private Segment claimed;
    private long claimPosition;
    private int claimLength;

    /**
     * Opens an empty journal, and asks the storage for its first segment.
     *
     * @param storage this journal's alone; closed with it.
     */
    public Journal(Storage storage, JournalConfig config) {
        this(storage, config, Epochs.first(config.epoch()), config.maxSegments());
        storage.open(progress, segmentLength);
        requests.prepareNext();
    }

    private Journal(Storage storage, JournalConfig config, Epochs epochs, int slots) {
        this.storage = Objects.requireNonNull(storage, "storage");
        this.config = Objects.requireNonNull(config, "config");
        this.epochs = Objects.requireNonNull(epochs, "epochs");
        this.segmentLength = config.segmentLength();
        this.segments = new SegmentTable(segmentLength, slots);
        this.progress = new StorageProgress(segments);
        this.requests = new StorageRequests(storage, progress, segments, pins, head, droppedEnd, config);
        this.droppedEnd.set(Long.MAX_VALUE);
    }

    /**
     * Opens a journal again over what was recovered, which the storage has cut to its tail and forced. Asks the storage
     * for the segment that the tail lies in, or for the next one; the other segments are cold until they are read, or
     * {@linkplain #warmUp warmed up}.
     *
     * @param storage   this journal's alone, which holds the segments recovered; closed with it.
     * @param config    its epoch is the current one, and its segment length what was recovered with.
     * @param epochs    where each began.
     * @param recovered what the journal holds.
     * @throws IllegalArgumentException if these do not fit each other.
     */
    public static Journal reopen(Storage storage, JournalConfig config, Epochs epochs, Recovered recovered) {
        if (config.epoch() != epochs.current() || config.segmentLength() != recovered.segmentLength()) {
            throw new IllegalArgumentException("epoch=" + config.epoch() + " segmentLength=" + config.segmentLength()
                    + " do not fit " + epochs + " segmentLength=" + recovered.segmentLength());
        }
        final int held = (int) ((recovered.endSegment() - recovered.firstSegment()) / config.segmentLength());
        final Journal journal = new Journal(storage, config, epochs, Math.max(config.maxSegments(), held + 1));
        journal.recover(recovered);
        storage.open(journal.progress, config.segmentLength());
        journal.requests.reopen(recovered);
        return journal;
    }

    private void recover(Recovered recovered) {
        head.set(recovered.head());
        tail.set(recovered.tail());
        enteredTo = segments.end(recovered.tail() - 1);
        usableTo = recovered.tail() == enteredTo ? enteredTo : 0;
        segments.recover(recovered);
        progress.recovered(recovered.tail());
    }

    /** The id that bookmarks name it by. */
    public long journalId() {
        return config.journalId();
    }

    /** Counts the opens that did not follow an orderly close. */
    public int epoch() {
        return config.epoch();
    }

    /** Where each of its epochs began. Any thread. */
    public Epochs epochs() {
        return epochs;
    }

    /** What it was opened with. */
    public JournalConfig config() {
        return config;
    }

    /**
     * Claims room for one frame. Its bytes go to {@link #claimBuffer()} at {@link #claimOffset()}; they hold anything
     * before. Ends by {@link #commit} or {@link #abort}, which clear what was claimed in vain: it must not be taken for
     * a frame when the journal is opened again.
     *
     * @param frameLength bytes without padding, at most what commit will say.
     * @return the frame's position, or {@link #FULL}, {@link #NOT_READY} or {@link #TOO_LARGE}.
     * @throws IllegalStateException                if there is a claim already.
     * @throws io.tautwire.TautwireException JOURNAL_FAILED after the storage failed, CLOSED after close.
     */
    public long claim(int frameLength) {
        if (claimed != null) {
            throw new IllegalStateException("position=" + claimPosition + " is claimed; commit or abort it first");
        }
        progress.check();
        checkLength(frameLength, FrameDescriptor.MAX_LENGTH);
        if (frameLength > segmentLength) {
            return TOO_LARGE;
        }
        long position = tail.own();
        if (position + FrameDescriptor.aligned(frameLength) > usableTo) {
            position = place(position, FrameDescriptor.aligned(frameLength));
            if (position < 0) {
                return position;
            }
        }
        claimed = segments.at(position);
        claimPosition = position;
        claimLength = frameLength;
        return position;
    }

    /** Whether a claim waits for its commit or abort. The appender. */
    public boolean isClaimed() {
        return claimed != null;
    }

    /** The memory of the claim; valid until commit or abort. */
    public MutableDirectBuffer claimBuffer() {
        return claimed().buffer;
    }

    /** Where in {@link #claimBuffer()} the frame begins; valid until commit or abort. */
    public int claimOffset() {
        return segments.offset(claimPosition);
    }

    /**
     * Makes the claimed frame readable. Sets its length and zeroes its padding; all else is as the claimant left it.
     *
     * @param frameLength bytes without padding, at most those claimed.
     * @throws IllegalStateException    if nothing is claimed.
     * @throws IllegalArgumentException if it is longer than claimed, or shorter than a frame; the claim stays.
     */
    public void commit(int frameLength) {
        final MutableDirectBuffer buffer = claimed().buffer;
        checkLength(frameLength, claimLength);
        final int offset = segments.offset(claimPosition);
        clear(buffer, offset + frameLength, offset + FrameDescriptor.aligned(claimLength));
        final boolean isEntering = claimPosition == enteredTo;
        if (isEntering) {
            padEntered();
            enteredTo += segmentLength;
            usableTo = enteredTo;
            final boolean isTimed = FrameDescriptor.isStamped(buffer, offset);
            claimed.firstTimestamp = isTimed ? FrameDescriptor.timestamp(buffer, offset) : 0;
        }
        VarHandle.releaseFence(); // the length last: it is what a recovery will find a frame by
        buffer.putInt(offset + LENGTH_OFFSET, frameLength, LITTLE_ENDIAN);
        tail.set(claimPosition + FrameDescriptor.aligned(frameLength));
        claimed = null;
        if (isEntering) {
            requests.enter(claimPosition);
        }
    }

    /** Gives the claim up: position and readable frames are as if it had never been. */
    public void abort() {
        clear(claimed().buffer, claimOffset(), claimOffset() + FrameDescriptor.aligned(claimLength));
        claimed = null;
    }

    /**
     * Appends a complete frame as it is.
     *
     * @param frameLength bytes without padding; must be what the frame itself says.
     * @return as {@link #claim}.
     * @throws IndexOutOfBoundsException if the buffer does not hold so many bytes.
     */
    public long append(DirectBuffer frame, int offset, int frameLength) {
        frame.boundsCheck(offset, frameLength);
        final long position = claim(frameLength);
        if (position >= 0) {
            claimBuffer().putBytes(claimOffset(), frame, offset, frameLength);
            commit(frameLength);
        }
        return position;
    }

    /** First position that can be read. Any thread. */
    public long head() {
        return head.get();
    }

    /** Position behind the last frame committed. Any thread. */
    public long tail() {
        return tail.get();
    }

    /**
     * Gives up everything below a position, which must be a frame's or the tail. A lower one than before does nothing.
     * What cursors on other threads still read must be pinned.
     *
     * @throws IllegalStateException    if this journal drops its oldest by itself.
     * @throws IllegalArgumentException if the position is beyond the tail, or no multiple of 8.
     */
    public void releaseTo(long position) {
        if (config.whenFull() != WhenFull.REFUSE) {
            throw new IllegalStateException("whenFull=" + config.whenFull() + " releases by itself");
        }
        checkPosition(position);
        if (position > head.own()) {
            storage.head(position); // before the appender can see it and release what lies below
            head.set(position);
        }
    }

    /**
     * Gives the segments below the head to the storage now, as far as nothing refers to them, rather than when the next
     * segment is needed. The segment that has the last frame stays. The appender.
     */
    public void reclaim() {
        progress.check();
        requests.reclaim();
    }

    /**
     * Gives back the memory of whole segments below a position that are forced and that no pin holds; the storage keeps
     * them, and a cursor that comes there is told {@link JournalCursor#COLD}. Of those that were read back the ones
     * used last stay, eight of them. Cheap enough to be called whenever the journal has got on.
     *
     * <p>The appender. Only for a journal whose cursors are all on its thread, and whose storage completes there.
     *
     * @throws io.tautwire.TautwireException JOURNAL_FAILED after the storage failed, CLOSED after close.
     */
    public void coolTo(long position) {
        progress.check();
        requests.coolTo(position);
    }

    /**
     * Asks for every segment that is not in memory, so that no cursor finds a cold one. On the thread that opened the
     * journal, before there is a cursor.
     */
    public void warmUp() {
        progress.check();
        requests.fetchAll(tail.own());
    }

    /** Whether everything that can be read is in memory. On the thread that completions come on. */
    public boolean isWarm() {
        return requests.isWarm(tail.own());
    }

    /**
     * Where to begin to look for a time: no frame before this position was stamped at that time or later. It is the
     * head, or the begin of a segment; from there on frames are to be read until one is late enough. The appender.
     *
     * @param timestampNs nanoseconds since the epoch.
     */
    public long segmentAtOrBefore(long timestampNs) {
        final long from = head.get();
        return Math.max(from, requests.segmentBefore(timestampNs, from));
    }

    /**
     * A new cursor, which stands at a frame's position, or at the tail.
     *
     * @throws IllegalArgumentException if the position is negative, beyond the tail, or no multiple of 8.
     */
    public JournalCursor cursor(long position) {
        return new JournalCursor(this, position);
    }

    /**
     * Asks the storage to keep everything committed so far; {@link #written()} and {@link #forced()} tell how far it
     * is.
     *
     * @throws io.tautwire.TautwireException JOURNAL_FAILED after the storage failed, CLOSED after close.
     */
    public void force() {
        progress.check();
        requests.force(tail.own());
    }

    /** Below this position everything survives the death of the process, as far as the storage can. Any thread. */
    public long written() {
        return progress.written();
    }

    /** Below this position everything survives a power cut, as far as the storage can. Any thread. */
    public long forced() {
        return progress.forced();
    }

    /**
     * Why nothing can be appended any more: JOURNAL_FAILED with its cause, or CLOSED; null while it can. Made for the
     * caller. Any thread.
     */
    public TautwireException failure() {
        return progress.failure();
    }

    /** Why the storage could not prepare the segment that it was asked for last, or null. Any thread. */
    public Throwable prepareFailure() {
        return progress.prepareFailure();
    }

    /** Closes the journal and its storage: claims fail from now on. Idempotent. */
    @Override
    public void close() {
        progress.close();
        storage.close();
    }

    void checkPosition(long position) {
        if (position < 0 || position > tail.get() || position % ALIGNMENT != 0) {
            throw new IllegalArgumentException(
                    "position=" + position + " is no frame's: head=" + head.get() + " tail=" + tail.get());
        }
    }

    SegmentTable segments() {
        return segments;
    }

    /** Asks for the segment of a position, which is cold. */
    void fetch(long position) {
        progress.check();
        requests.fetch(position);
    }

    Pins pins() {
        return pins;
    }

    /** Where the last frame dropped to make room ended: a cursor that stands there or beyond has missed nothing. */
    long droppedEnd() {
        return droppedEnd.get();
    }

    private Segment claimed() {
        if (claimed == null) {
            throw new IllegalStateException("nothing is claimed");
        }
        return claimed;
    }

    private static void checkLength(int frameLength, int max) {
        if (frameLength < MIN_LENGTH || frameLength > max) {
            throw new IllegalArgumentException(
                    "frameLength=" + frameLength + " is not from " + MIN_LENGTH + " to " + max);
        }
    }

    /** Where a frame goes that is not known to fit behind the tail; or why it cannot. */
    private long place(long position, int alignedLength) {
        if (usableTo < enteredTo) {
            final long refused = requests.ensure(enteredTo - segmentLength);
            if (refused < 0) {
                return refused;
            }
            usableTo = enteredTo;
            requests.prepareNext();
            if (position + alignedLength <= enteredTo) {
                return position;
            }
        }
        final long refused = requests.ensure(enteredTo);
        return refused < 0 ? refused : enteredTo;
    }

    private static void clear(MutableDirectBuffer buffer, int from, int to) {
        if (to - from >= ALIGNMENT) {
            buffer.setMemory(from, to - from, (byte) 0);
        } else {
            for (int i = from; i < to; i++) {
                buffer.putByte(i, (byte) 0);
            }
        }
    }

    private void padEntered() {
        final long position = tail.own();
        final int left = (int) (enteredTo - position);
        if (left > 0) {
            final Segment segment = segments.at(position);
            final int offset = segments.offset(position);
            // All of it, for a recovery wants to see that nothing changed. Less than the frame that did not fit there.
            segment.buffer.setMemory(offset, left, (byte) 0);
            segment.buffer.putInt(offset + LENGTH_OFFSET, left, LITTLE_ENDIAN);
            segment.dataEnd = offset;
        }
    }
}
