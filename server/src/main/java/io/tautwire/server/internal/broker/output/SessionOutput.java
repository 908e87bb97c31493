package io.tautwire.server.internal.broker.output;

import io.tautwire.transport.wire.OutputBuffer;
import io.tautwire.transport.wire.Wire;
import org.agrona.DirectBuffer;

/**
 * The way out of one session: frames gather in a bounded buffer and leave with the end of the batch, one write at a
 * time. A peer that reads slowly fills its own buffer and nothing else.
 *
 * <p>Deliveries leave room for acknowledgements, and those for replies, so that a full buffer stops the bulk first.
 */
public final class SessionOutput {
    /** Left free by deliveries. */
    public static final int DELIVERY_RESERVE = 32 * 1024;

    /** Left free by acknowledgements and notices, which can wait, for replies, which cannot. */
    public static final int DEFERRABLE_RESERVE = 16 * 1024;

    private static final int INITIAL_CAPACITY = 8 * 1024;

    private final Wire wire;
    private final Batch batch;
    private final ControlFrames frames;
    private final OutputBuffer buffer;
    private final DeliverEnvelope envelope = new DeliverEnvelope();
    private boolean isTouched;
    private boolean isFlushing;
    private boolean isClosing;
    private boolean isPeerGivenUp;
    private boolean isClosed;
    private boolean hasOverflowed;
    private OutOfMemoryError outOfMemory;
    private long writtenBytes;

    /**
     * An empty output.
     *
     * @param maxBytes that one of its two buffers may grow to.
     */
    public SessionOutput(Wire wire, Batch batch, ControlFrames frames, int maxBytes) {
        this.wire = wire;
        this.batch = batch;
        this.frames = frames;
        this.buffer = new OutputBuffer(Math.min(INITIAL_CAPACITY, maxBytes), maxBytes);
    }

    /** Whether a control frame that can wait, an acknowledgement or a notice, may go out now. */
    public boolean hasRoomForDeferrable() {
        return buffer.hasRoom(ControlFrames.MAX_DEFERRABLE + DEFERRABLE_RESERVE);
    }

    /**
     * Whether there is room to deliver a message to so many subscriptions; where there is none before a write, as much
     * as can be is written to make some.
     *
     * @param alignedLength bytes of the frame with its padding.
     */
    public boolean hasRoomToDeliver(int idCount, int alignedLength) {
        return hasRoomForDelivery(ControlFrames.envelopeLength(idCount) + alignedLength);
    }

    /**
     * Appends a message for some subscriptions, as it lies in the journal or rendered: one copy, in the envelope of the
     * message before it when that was for the same ones and alike.
     *
     * @param ids           of the subscriptions, the first {@code idCount}.
     * @param alignedLength bytes of the frame with its padding.
     * @param isRendered    whether these are not the bytes that were published.
     * @return false when there is no room; nothing is appended then.
     */
    public boolean deliver(
            long[] ids, int idCount, DirectBuffer source, int offset, int alignedLength, boolean isRendered) {
        if (!hasRoomToDeliver(idCount, alignedLength)) {
            return false;
        }
        try {
            if (!envelope.isOpenFor(ids, idCount, isRendered)) {
                sealEnvelope();
                final int envelopeLength = ControlFrames.envelopeLength(idCount);
                envelope.open(ids, idCount, isRendered, buffer.claim(envelopeLength));
                buffer.commit(envelopeLength);
            }
            put(source, offset, alignedLength);
        } catch (OutOfMemoryError e) {
            onOutOfMemory(e);
            return false;
        }
        envelope.add();
        return true;
    }

    /** The session's bytes not yet taken by the wire. */
    public int pendingBytes() {
        return buffer.pendingBytes();
    }

    /** Bytes the wire has taken. */
    public long writtenBytes() {
        return writtenBytes;
    }

    /** Something cannot wait any longer and finds no room: see {@link #hasOverflowed()}. */
    public void overflow() {
        hasOverflowed = true;
    }

    /** Whether an answer found no room: the peer asks and does not read the answers. */
    public boolean hasOverflowed() {
        return hasOverflowed;
    }

    /** Why the output closed by itself: it could not grow as far as it may; null when it did not. */
    public OutOfMemoryError outOfMemory() {
        return outOfMemory;
    }

    /** The wire took bytes of the write under way; what it left, and what came since, goes to it. */
    public void onWritten(int lengthBytes) {
        writtenBytes += lengthBytes;
        buffer.onWritten(lengthBytes);
        if (!isFlushing) {
            flush();
        }
    }

    /** Nothing more will be written: closes the wire once it has taken all there is. */
    public void closeWhenWritten() {
        isClosing = true;
        touch();
    }

    /** The peer is taken for dead: when the wire closes, nothing waits for it. */
    public void giveUpPeer() {
        isPeerGivenUp = true;
    }

    /** Closes the wire whatever is left. Idempotent. */
    public void closeNow() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (isPeerGivenUp) {
            wire.abort();
        } else {
            wire.close();
        }
    }

    /** The wire is closed: nothing is written any more. */
    public void discard() {
        isClosed = true;
    }

    /** Appends a control frame; or, when there is no room, remembers that in {@link #hasOverflowed()}. */
    void append(DirectBuffer frame, int alignedLength) {
        if (isClosing || isClosed) {
            return;
        }
        sealEnvelope();
        if (!buffer.hasRoom(alignedLength)) {
            hasOverflowed = true;
            return;
        }
        try {
            put(frame, 0, alignedLength);
        } catch (OutOfMemoryError e) {
            onOutOfMemory(e);
        }
    }

    /** Gives the wire what has gathered, as the end of the batch does. */
    public void flush() {
        isTouched = false;
        if (isFlushing || isClosed) {
            return;
        }
        sealEnvelope();
        isFlushing = true;
        while (buffer.beginWrite()) {
            wire.write(buffer.writeBuffer(), buffer.writeOffset(), buffer.writeLength());
        }
        isFlushing = false;
        if (isClosing && buffer.pendingBytes() == 0) {
            closeNow();
        }
    }

    private boolean hasRoomForDelivery(int length) {
        if (isClosing || isClosed) {
            return false;
        }
        if (!buffer.hasRoom(length + DELIVERY_RESERVE) && !buffer.isWriting()) {
            flush();
        }
        return buffer.hasRoom(length + DELIVERY_RESERVE);
    }

    /** Ends this session, and leaves alone the publisher in whose step it happened and whoever comes after. */
    private void onOutOfMemory(OutOfMemoryError error) {
        outOfMemory = error;
        closeNow();
    }

    private void put(DirectBuffer source, int offset, int length) {
        final int at = buffer.claim(length);
        buffer.buffer().putBytes(at, source, offset, length);
        buffer.commit(length);
        touch();
    }

    private void sealEnvelope() {
        if (envelope.isOpen()) {
            envelope.seal(frames, buffer.buffer());
        }
    }

    private void touch() {
        if (!isTouched) {
            isTouched = true;
            batch.touch(this);
        }
    }
}
