package io.tautwire.client.internal.core;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.ProtocolException;
import io.tautwire.codec.sbe.AckDecoder;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.journal.JournalCursor;
import org.agrona.DirectBuffer;

/**
 * Which commands have an outcome. Lives as long as the publish store, over all sessions; stepped by one thread, its
 * numbers read by any.
 *
 * <p>Acks come in contiguous ranges. For each, this walks the store's frames from the lowest outstanding one, gives
 * refused messages back, and frees the room.
 */
public final class Acknowledgements {
    private final CommandStore store;
    private final OutcomeListener listener;
    private final JournalCursor cursor;
    private final MessageView original = new MessageView();

    private volatile long lastOutcome;
    private volatile long acknowledged;
    private volatile long refused;
    private long refusals;
    private long highestSent;

    /** Acknowledgements for a store whose outstanding commands are those that its journal holds. */
    public Acknowledgements(CommandStore store, OutcomeListener listener) {
        this.store = store;
        this.listener = listener;
        this.cursor = store.journal().cursor(store.origin().position());
        this.lastOutcome = store.origin().settled();
        this.highestSent = store.origin().nextSequence() - 1;
    }

    /** The last sequence that has an outcome, zero when none has; all before it have one too. */
    public long lastOutcome() {
        return lastOutcome;
    }

    /** Commands acknowledged as successful. */
    public long acknowledged() {
        return acknowledged;
    }

    /** Commands refused. */
    public long refused() {
        return refused;
    }

    /** The highest sequence that a server can know of: what a session sent, and what was there before the first. */
    long highestSent() {
        return highestSent;
    }

    /** A session, which has ended, sent up to this sequence. */
    void sent(long sequence) {
        highestSent = Math.max(highestSent, sequence);
    }

    /** Acks that refused; for the thread that steps this. */
    long refusals() {
        return refusals;
    }

    /**
     * The position of the frame that follows a sequence.
     *
     * @param sequence {@link #lastOutcome} or an outstanding one.
     */
    long positionAfter(long sequence) {
        final JournalCursor walk = store.journal().cursor(cursor.nextPosition());
        for (long i = lastOutcome; i < sequence; i++) {
            step(walk, i + 1);
        }
        return walk.nextPosition();
    }

    /**
     * Takes an Ack.
     *
     * @param sentSequence last sequence that the server can know of.
     * @throws ProtocolException if the range does not follow the one before, or was not sent.
     */
    void onAck(AckDecoder ack, long sentSequence) {
        final long from = ack.fromSequence();
        final long to = ack.toSequence();
        if (from != lastOutcome + 1 || to < from) {
            throw new ProtocolException(
                    Code.PROTOCOL_ERROR, "ack from=" + from + " to=" + to + " does not follow last=" + lastOutcome);
        }
        if (to > sentSequence) {
            throw new ProtocolException(
                    Code.PROTOCOL_ERROR, "ack from=" + from + " to=" + to + " is beyond sent=" + sentSequence);
        }
        final Code code = ack.code();
        final AckLevel level = NewerNumbers.level(ack.ackLevel());
        final String reason = code == Code.OK ? "" : NewerNumbers.reason(code, ack.codeRaw(), ack.reason());
        settle(from, to, code, reason, level);
    }

    /**
     * The server says which outcomes it told before and need not tell again: of a process before this one, perhaps.
     *
     * @param sequence the lowest one that it may still tell; at most the next one to be given out.
     */
    void confirmedBelow(long sequence) {
        final long from = lastOutcome + 1;
        if (sequence <= from) {
            return;
        }
        for (long i = from; i < sequence; i++) {
            step(cursor, i);
        }
        store.journal().releaseTo(cursor.nextPosition()); // before any server is told that the outcome is known
        lastOutcome = sequence - 1;
        listener.onToldBefore(from, sequence - 1);
    }

    private void settle(long from, long to, Code code, String reason, AckLevel level) {
        for (long sequence = from; sequence <= to; sequence++) {
            step(cursor, sequence);
            if (code != Code.OK) {
                listener.onRefused(original.wrap(cursor.buffer(), cursor.offset()), code, ownReason(code, reason));
            }
        }
        store.journal().releaseTo(cursor.nextPosition());
        if (code == Code.OK) {
            acknowledged += to - from + 1;
        } else {
            refused += to - from + 1;
            refusals++;
        }
        lastOutcome = to;
        listener.onOutcome(from, to, code, reason, level);
    }

    /** Of what this side has given up, the server can say no more than that. */
    private String ownReason(Code code, String reason) {
        return code == Code.MESSAGE_TOO_LARGE && GivenUp.isMarked(cursor.buffer(), cursor.offset())
                ? "frame length=" + cursor.length() + " was longer than the server's max_frame; publish less at once,"
                        + " or raise that"
                : reason;
    }

    private void step(JournalCursor over, long sequence) {
        final int result = over.poll();
        if (result != JournalCursor.FRAME || sequenceOf(over.buffer(), over.offset()) != sequence) {
            throw new TautwireException(
                    Code.INTERNAL, "the publish store lacks sequence=" + sequence + " at position=" + over.position());
        }
    }

    private static long sequenceOf(DirectBuffer buffer, int frameOffset) {
        return buffer.getLong(
                frameOffset + FrameDescriptor.BLOCK_OFFSET + MessageDecoder.sequenceEncodingOffset(),
                MessageDecoder.BYTE_ORDER);
    }
}
