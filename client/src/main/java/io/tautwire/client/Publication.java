package io.tautwire.client;

import io.tautwire.client.internal.OpenStore;
import io.tautwire.client.internal.StoreWaits;
import io.tautwire.client.internal.Utf8Text;
import io.tautwire.codec.MessagePrefix;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * A prepared handle to publish on one topic. Any number of threads may use it; what one thread publishes is sent and
 * delivered in its order. Publishing works before the first logon and while disconnected: the store keeps the messages
 * until they are acknowledged.
 *
 * <p>{@code offer} never waits: it returns the message's sequence, which is positive, or one of the negative constants
 * below, with which nothing was published. {@code publish} waits by the client's {@link FullPolicy} and throws instead.
 * Neither allocates. The body is copied before they return.
 */
public final class Publication {
    /** The publish store is full. Try again when messages were acknowledged, or {@code publish}, which waits. */
    public static final long BACK_PRESSURED = OpenStore.BACK_PRESSURED;

    /** Another thread is appending, or holds a {@link BufferClaim}. Try again at once, or {@code publish}. */
    public static final long BUSY = OpenStore.BUSY;

    /** The client is closed. Nothing more can be published. */
    public static final long CLOSED = OpenStore.CLOSED;

    /** The message is longer than {@link ClientConfig#maxFrame} or the server's limit. Publish less at once. */
    public static final long TOO_LARGE = OpenStore.TOO_LARGE;

    /**
     * The disk failed the publish store: nothing more can be kept. What is stored is still sent. The error handler was
     * told why; when the disk is sound, open the store with another client.
     */
    public static final long STORE_FAILED = OpenStore.STORE_FAILED;

    /**
     * There is no room where the publish store lies, on the disk or in memory, though its bound is not reached. Make
     * room, and try again, or {@code publish}, which waits; what is stored is safe.
     */
    public static final long STORAGE_FULL = OpenStore.STORAGE_FULL;

    private final String topic;
    private final MessagePrefix prefix;
    private final OpenStore store;
    private final StoreWaits waits;

    Publication(String topic, MessagePrefix prefix, OpenStore store, StoreWaits waits) {
        this.topic = topic;
        this.prefix = prefix;
        this.store = store;
        this.waits = waits;
    }

    /** The topic. */
    public String topic() {
        return topic;
    }

    /**
     * Offers one message.
     *
     * @return its sequence, or {@link #BACK_PRESSURED}, {@link #BUSY}, {@link #CLOSED}, {@link #TOO_LARGE},
     *         {@link #STORE_FAILED}, {@link #STORAGE_FULL}.
     * @throws IndexOutOfBoundsException if the body is not within the buffer.
     * @throws IllegalStateException     if this thread itself holds a {@link BufferClaim}.
     */
    public long offer(DirectBuffer body, int offset, int length) {
        body.boundsCheck(offset, length);
        return put(store.begin(prefix, length), body, offset, length);
    }

    /** As {@link #offer(DirectBuffer, int, int)}, with a whole array. */
    public long offer(byte[] body) {
        return put(store.begin(prefix, body.length), body, 0, body.length);
    }

    /** As {@link #offer(DirectBuffer, int, int)}, with a part of an array. */
    public long offer(byte[] body, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, body.length);
        return put(store.begin(prefix, length), body, offset, length);
    }

    /** As {@link #offer(DirectBuffer, int, int)}, with what remains in the buffer, which is left as it is. */
    public long offer(ByteBuffer body) {
        final int length = body.remaining();
        return put(store.begin(prefix, length), body, length);
    }

    /** As {@link #offer(DirectBuffer, int, int)}, with text in UTF-8; a lone surrogate becomes {@code ?}. */
    public long offer(CharSequence body) {
        final int length = Utf8Text.length(body);
        return put(store.begin(prefix, length), body, length);
    }

    /**
     * Publishes one message; waits while the store is full, as the client's {@link FullPolicy} says.
     *
     * @return its sequence.
     * @throws IndexOutOfBoundsException      if the body is not within the buffer.
     * @throws IllegalStateException          if this thread itself holds a {@link BufferClaim}.
     * @throws io.tautwire.TautwireException BACK_PRESSURED or BUSY if there was no room in time; MESSAGE_TOO_LARGE;
     *                                        CLOSED; INTERRUPTED; WOULD_DEADLOCK if it had to wait on the receive
     *                                        thread, which is the one that makes room: use {@code offer} there.
     */
    public long publish(DirectBuffer body, int offset, int length) {
        body.boundsCheck(offset, length);
        return put(waits.begin(prefix, length), body, offset, length);
    }

    /** As {@link #publish(DirectBuffer, int, int)}, with a whole array. */
    public long publish(byte[] body) {
        return put(waits.begin(prefix, body.length), body, 0, body.length);
    }

    /** As {@link #publish(DirectBuffer, int, int)}, with what remains in the buffer, which is left as it is. */
    public long publish(ByteBuffer body) {
        final int length = body.remaining();
        return put(waits.begin(prefix, length), body, length);
    }

    /** As {@link #publish(DirectBuffer, int, int)}, with text in UTF-8; a lone surrogate becomes {@code ?}. */
    public long publish(CharSequence body) {
        final int length = Utf8Text.length(body);
        return put(waits.begin(prefix, length), body, length);
    }

    /**
     * Claims room for a body, to be encoded in place.
     *
     * @param length most bytes that the body will have.
     * @param claim  must not hold a claim; holds this one if the result is positive.
     * @return the sequence that the message will have, or a negative constant as {@link #offer} returns.
     */
    public long tryClaim(int length, BufferClaim claim) {
        if (length < 0) {
            throw new IllegalArgumentException("length=" + length + " is negative");
        }
        if (claim.isHeld()) {
            throw new IllegalStateException("the claim is held; commit or abort it first");
        }
        final long sequence = store.begin(prefix, length);
        if (sequence > 0) {
            claim.begin(store, prefix, length);
        }
        return sequence;
    }

    private long put(long sequence, DirectBuffer body, int offset, int length) {
        if (sequence > 0) {
            try {
                store.buffer().putBytes(bodyOffset(), body, offset, length);
            } catch (Throwable t) {
                store.abort();
                throw t;
            }
            store.commit(prefix, length);
        }
        return sequence;
    }

    private long put(long sequence, byte[] body, int offset, int length) {
        if (sequence > 0) {
            store.buffer().putBytes(bodyOffset(), body, offset, length);
            store.commit(prefix, length);
        }
        return sequence;
    }

    private long put(long sequence, ByteBuffer body, int length) {
        if (sequence > 0) {
            try {
                store.buffer().putBytes(bodyOffset(), body, body.position(), length);
            } catch (Throwable t) {
                store.abort(); // another thread has moved the buffer's position
                throw t;
            }
            store.commit(prefix, length);
        }
        return sequence;
    }

    private long put(long sequence, CharSequence body, int length) {
        if (sequence > 0) {
            try {
                Utf8Text.put(store.buffer(), bodyOffset(), length, body);
            } catch (Throwable t) {
                store.abort();
                throw t;
            }
            store.commit(prefix, length);
        }
        return sequence;
    }

    private int bodyOffset() {
        return store.frameOffset() + prefix.bodyOffset();
    }

    @Override
    public String toString() {
        return "topic=" + topic;
    }
}
