package io.tautwire.client.internal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.ProtocolException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.JournalCursor;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.memory.MemoryStorage;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;

/**
 * Messages on their way from the receive thread to one consumer: a journal again, appended to by the one and read by
 * the other. Credit bounds what can be in it, so it is never full unless the server ignores that.
 *
 * <p>No wake-up is lost: the consumer says that it waits and then looks; the receive thread appends and then looks for
 * who waits. The full fences between the two steps make at least one of them see the other.
 */
public final class StreamBuffer {
    /**
     * The window, and two messages more (one beyond the credit, one that is discarded while it is still in use), may be
     * spread so that each segment is only just more than half full, with one more that is partly read.
     */
    private static final int MAX_SEGMENTS = 8;

    /** In the flags of a frame that was copied here, which nobody reads any more: its body is rendered. */
    private static final int RENDERED = 1 << 31;

    private final Journal journal;
    private final JournalCursor cursor;
    private final MessageView current = new MessageView();
    private final SubscriptionLink link;
    private final long windowBytes;
    private final boolean isCreditElsewhere;

    /** Which journal what is appended from some position on comes from. */
    private record Origin(long position, long journalId, int epoch, long begin) {}

    private final Queue<Origin> origins = new ConcurrentLinkedQueue<>();

    /** The consumer's: of the message taken last. */
    private Origin origin = new Origin(0, 0, 0, 0);

    private boolean isOtherOrigin;

    /** The consumer's: bytes taken since credit was last given back, and those of the message taken last. */
    private long owedBytes;

    private int currentBytes;

    private volatile Thread waiter;
    private volatile boolean appendEnded;
    private volatile boolean discarded;

    /**
     * An empty buffer.
     *
     * @param maxFrame          longest frame that may come, in bytes.
     * @param isCreditElsewhere whether somebody else gives credit back, so that this does not when a message is taken.
     */
    public StreamBuffer(SubscriptionLink link, int windowBytes, int maxFrame, boolean isCreditElsewhere) {
        final int segmentLength = BitUtil.findNextPositivePowerOfTwo(Math.max(windowBytes, maxFrame));
        this.journal =
                new Journal(new MemoryStorage(), new JournalConfig(0, 0, segmentLength, MAX_SEGMENTS, WhenFull.REFUSE));
        this.cursor = journal.cursor(0);
        this.link = link;
        this.windowBytes = windowBytes;
        this.isCreditElsewhere = isCreditElsewhere;
    }

    /** What is appended from now on comes from this journal, from a position on; the receive thread only. */
    public void from(long journalId, int epoch, long begin) {
        origins.add(new Origin(journal.tail(), journalId, epoch, begin));
    }

    /** Copies a message in, and whether its body is rendered; the receive thread only. */
    public void append(MessageView message, boolean isRendered) {
        final int length = message.frameLength();
        if (journal.claim(length) < 0) {
            if (journal.prepareFailure() != null) {
                throw new TautwireException(
                        Code.STORAGE_FULL,
                        "there is no memory for a message of subscriptionId=" + link.id() + "; see the cause",
                        journal.prepareFailure());
            }
            throw new ProtocolException(
                    Code.PROTOCOL_ERROR, "the server delivers beyond credit: subscriptionId=" + link.id());
        }
        final MutableDirectBuffer buffer = journal.claimBuffer();
        final int at = journal.claimOffset();
        buffer.putBytes(at, message.buffer(), message.frameOffset(), length);
        if (isRendered) {
            final int flags = FrameDescriptor.flags(buffer, at) | RENDERED;
            buffer.putInt(at + FrameDescriptor.FLAGS_OFFSET, flags, LITTLE_ENDIAN);
        }
        journal.commit(length);
        wake();
    }

    /** Nothing more will come; what is in it can still be taken. */
    public void end() {
        appendEnded = true;
        wake();
    }

    /** Nothing more will be taken: wakes the consumer. Any thread. */
    public void discard() {
        discarded = true;
        wake();
    }

    /**
     * Gives the last message up and moves on to the next; the consumer only.
     *
     * @param timeoutNs how long to wait for one; {@link Waits#FOREVER} for no bound.
     * @return the message, valid until the next call; null if none came in time, or none will come.
     */
    public MessageView take(long timeoutNs) {
        giveBack();
        if (!await(timeoutNs)) {
            return null;
        }
        currentBytes = FrameDescriptor.aligned(cursor.length());
        isOtherOrigin = false;
        for (Origin next = origins.peek(); next != null && next.position <= cursor.position(); next = origins.peek()) {
            origin = origins.poll();
            isOtherOrigin = true;
        }
        return current.wrap(cursor.buffer(), cursor.offset());
    }

    /** Whether the body of the message taken last is rendered; the consumer only. */
    public boolean isRendered() {
        return (FrameDescriptor.flags(current.buffer(), current.frameOffset()) & RENDERED) != 0;
    }

    /** The journal of the message taken last; the consumer only. */
    public long journalId() {
        return origin.journalId;
    }

    /** The epoch of the message taken last; the consumer only. */
    public int epoch() {
        return origin.epoch;
    }

    /** Where that journal was begun to be read; the consumer only. */
    public long begin() {
        return origin.begin;
    }

    /** Whether the message taken last comes by another session than the one before; the consumer only. */
    public boolean isOfAnotherSession() {
        return isOtherOrigin;
    }

    /** Bytes of credit that the message taken last takes up; the consumer only. */
    public int alignedBytes() {
        return currentBytes;
    }

    /** Whether nothing will come any more; the consumer only, after {@link #take} returned null. */
    public boolean isOver() {
        return discarded || appendEnded && cursor.nextPosition() == journal.tail();
    }

    private void giveBack() {
        if (currentBytes == 0) {
            return;
        }
        journal.releaseTo(cursor.nextPosition());
        owedBytes += isCreditElsewhere ? 0 : currentBytes;
        currentBytes = 0;
        // By halves, as subscriptions with handlers do it; each is a hand-over to the receive thread.
        if (owedBytes * 2 >= windowBytes) {
            link.consumed(owedBytes);
            owedBytes = 0;
        }
    }

    private boolean await(long timeoutNs) {
        final long begin = System.nanoTime();
        boolean found = look();
        while (!found && !isOver() && System.nanoTime() - begin < Math.min(Waits.SPIN_NS, timeoutNs)) {
            Thread.onSpinWait();
            found = look();
        }
        return found || park(begin, timeoutNs);
    }

    private boolean park(long begin, long timeoutNs) {
        waiter = Thread.currentThread();
        VarHandle.fullFence();
        try {
            boolean found = look();
            boolean waiting = true;
            while (!found && waiting) {
                final long leftNs = timeoutNs - (System.nanoTime() - begin);
                waiting = leftNs > 0 && !isOver();
                if (waiting) {
                    LockSupport.parkNanos(this, leftNs);
                    checkInterrupt();
                }
                found = look();
            }
            return found;
        } finally {
            waiter = null;
        }
    }

    private boolean look() {
        return !discarded && cursor.poll() == JournalCursor.FRAME;
    }

    private void wake() {
        VarHandle.fullFence();
        LockSupport.unpark(waiter);
    }

    private static void checkInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw Waits.interrupted(new InterruptedException());
        }
    }
}
