package io.tautwire.journal;

import static io.tautwire.codec.sbe.Code.JOURNAL_CORRUPT;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a journal frame by frame ({@link #poll}), or as ranges of bytes that are ready to be written somewhere
 * ({@link #range}, {@link #skip}). Small: keep as many as there are readers. For one thread.
 *
 * <p>What it hands out lies in the journal's own memory and is valid until the cursor moves, as long as the memory is
 * not reused meanwhile. It is not on the appender's thread between two appends. A cursor elsewhere must be
 * {@linkplain #pin() pinned}, unless nobody releases what it has not read.
 */
public final class JournalCursor implements AutoCloseable {
    /** {@link #poll}: nothing to read for now. */
    public static final int END = 0;

    /** {@link #poll}: stands on a frame. */
    public static final int FRAME = 1;

    /** {@link #poll}: frames were dropped before they were read, see {@link #lappedFrom()}; poll again to go on. */
    public static final int LAPPED = 2;

    /**
     * {@link #poll}: the next frame's segment is not in memory. The storage was asked for it; poll again after its
     * completion.
     */
    public static final int COLD = 3;

    /** {@link #range}: as {@link #LAPPED}. */
    public static final int RANGE_LAPPED = -1;

    /** {@link #range}: as {@link #COLD}. */
    public static final int RANGE_COLD = -2;

    private final Journal journal;
    private final SegmentTable segments;
    private UnsafeBuffer buffer;
    private int offset;
    private int length;
    private int rangeLeft;
    private long position;
    private long nextPosition;
    private long lappedFrom;
    private Pins.Pin pin;

    JournalCursor(Journal journal, long position) {
        this.journal = journal;
        this.segments = journal.segments();
        seek(position);
    }

    /**
     * Moves to the next frame.
     *
     * @return {@link #FRAME}, {@link #END}, {@link #LAPPED} or {@link #COLD}.
     * @throws TautwireException     JOURNAL_CORRUPT if there is no frame where one should begin; JOURNAL_FAILED or
     *                               CLOSED if the segment is cold and the storage cannot be asked for it any more.
     * @throws IllegalStateException if a range is not skipped to its end.
     */
    public int poll() {
        if (rangeLeft != 0) {
            throw new IllegalStateException("rangeLeft=" + rangeLeft + "; skip it, or seek");
        }
        final int found = advance(journal.tail());
        if (found == FRAME) {
            length = frameLength(offset, limit());
            nextPosition = position + FrameDescriptor.aligned(length);
        }
        return found;
    }

    /**
     * Finds contiguous whole frames from {@link #nextPosition()} on, padding included, without moving: {@link #skip}
     * does. While a range is skipped in part this gives what is left of it, whatever the limit.
     *
     * @param maxBytes limit; a single frame may be longer.
     * @return bytes, at {@link #offset()} of {@link #buffer()}; 0 at the end; {@link #RANGE_LAPPED}; or
     *         {@link #RANGE_COLD}.
     * @throws TautwireException as {@link #poll}.
     */
    public int range(int maxBytes) {
        if (rangeLeft == 0) {
            final long tail = journal.tail();
            final int found = advance(tail);
            if (found != FRAME) {
                length = 0;
                return found == END ? 0 : found == LAPPED ? RANGE_LAPPED : RANGE_COLD;
            }
            final int limit = (int) Math.min(limit(), offset + (tail - position));
            rangeLeft = limit - offset <= maxBytes ? limit - offset : wholeFrames(maxBytes, limit);
        }
        length = rangeLeft;
        return length;
    }

    /**
     * Moves on by bytes of the range found last, which need not be whole frames.
     *
     * @throws IllegalArgumentException if the range has fewer.
     */
    public void skip(int bytes) {
        if (bytes < 0 || bytes > rangeLeft) {
            throw new IllegalArgumentException("bytes=" + bytes + " is not from 0 to rangeLeft=" + rangeLeft);
        }
        rangeLeft -= bytes;
        length = rangeLeft;
        offset += bytes;
        nextPosition += bytes;
        standAt(nextPosition);
    }

    /**
     * Goes to a frame's position, back or forth, or to the tail. If that is below the head the next poll tells.
     *
     * @throws IllegalArgumentException if the position is negative, beyond the tail, or no multiple of 8.
     */
    public void seek(long to) {
        journal.checkPosition(to);
        rangeLeft = 0;
        length = 0;
        nextPosition = to;
        standAt(to);
    }

    /**
     * From now on the memory from {@link #position()} on is not reused; the pin moves with the cursor until
     * {@link #unpin()}. It holds the journal back, so a pinned cursor must be read or unpinned.
     *
     * @return whether it was in time; if not, the memory handed out last may be gone already.
     */
    public boolean pin() {
        if (pin == null) {
            pin = journal.pins().take();
        }
        pin.hold(position);
        return position >= journal.head();
    }

    /** Lets the memory be reused. Idempotent. */
    public void unpin() {
        if (pin != null) {
            pin.giveBack();
            pin = null;
        }
    }

    /** Unpins. Needed only by cursors that are pinned; others may just be forgotten. */
    @Override
    public void close() {
        unpin();
    }

    /** The journal's memory that the frame or range lies in; {@code byteBuffer()} of it is that memory itself. */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /** Where in {@link #buffer()} the frame or what is left of the range begins. */
    public int offset() {
        return offset;
    }

    /** Bytes of the frame, without padding, or of what is left of the range. */
    public int length() {
        return length;
    }

    /** The frame's or range's position. */
    public long position() {
        return position;
    }

    /** Where the next frame or range begins. */
    public long nextPosition() {
        return nextPosition;
    }

    /** After LAPPED: where the frames that are missed began. */
    public long lappedFrom() {
        return lappedFrom;
    }

    /** After LAPPED: where the frames that are missed ended, and reading goes on. */
    public long lappedTo() {
        return nextPosition;
    }

    private int advance(long tail) {
        final long from = nextPosition;
        if (from >= tail) {
            standAt(from);
            return END;
        }
        final long head = journal.head();
        if (from < head) {
            return behind(from, head, tail);
        }
        final int at = segments.offset(from);
        final Segment segment = segments.at(from);
        if (at == segment.dataEnd) {
            nextPosition = segments.end(from);
            return advance(tail);
        }
        standAt(from);
        offset = at;
        if (segment.isBack) {
            segments.use(segment);
        }
        buffer = segment.buffer;
        return buffer == null ? fetch(segment) : FRAME;
    }

    /** The storage may answer at once. */
    private int fetch(Segment segment) {
        length = 0;
        journal.fetch(position);
        buffer = segment.buffer;
        if (buffer == null) {
            return COLD;
        }
        segments.use(segment);
        return FRAME;
    }

    private int behind(long from, long head, long tail) {
        nextPosition = head;
        if (from >= journal.droppedEnd()) {
            return advance(tail); // only padding was dropped: nothing is missed
        }
        lappedFrom = from;
        length = 0;
        standAt(head);
        return LAPPED;
    }

    private void standAt(long at) {
        position = at;
        if (pin != null) {
            pin.hold(at);
        }
    }

    private int limit() {
        return segments.at(position).dataEnd;
    }

    private int wholeFrames(int maxBytes, int limit) {
        int end = offset;
        do {
            end += FrameDescriptor.aligned(frameLength(end, limit));
        } while (end < limit && end + FrameDescriptor.aligned(frameLength(end, limit)) - offset <= maxBytes);
        return end - offset;
    }

    private int frameLength(int at, int limit) {
        final int found = FrameDescriptor.length(buffer, at);
        if (found < FrameDescriptor.MIN_LENGTH || found > limit - at) {
            throw new TautwireException(
                    JOURNAL_CORRUPT,
                    "position=" + (position + at - offset) + " length=" + found
                            + " is no frame; read from a position that a frame begins at");
        }
        return found;
    }
}
