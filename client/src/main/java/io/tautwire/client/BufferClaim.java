package io.tautwire.client;

import io.tautwire.client.internal.OpenStore;
import io.tautwire.codec.MessagePrefix;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Room for one body in the publish store, to encode into directly. Reusable: one per thread is enough. From
 * {@link Publication#tryClaim} to {@link #commit} or {@link #abort} this thread holds the whole store: others get
 * {@link Publication#BUSY}, so be quick, and end it on every path.
 *
 * <pre>{@code
 * if (publication.tryClaim(64, claim) > 0) {
 *     try {
 *         encoder.wrap(claim.buffer(), claim.offset())...;
 *         claim.commit();
 *     } finally {
 *         claim.abort(); // does nothing after a commit
 *     }
 * }
 * }</pre>
 */
public final class BufferClaim {
    private final UnsafeBuffer body = new UnsafeBuffer(0, 0);
    private OpenStore store;
    private MessagePrefix prefix;

    void begin(OpenStore claimed, MessagePrefix messagePrefix, int length) {
        store = claimed;
        prefix = messagePrefix;
        body.wrap(claimed.buffer(), claimed.frameOffset() + messagePrefix.bodyOffset(), length);
    }

    boolean isHeld() {
        return store != null;
    }

    /** Where the body goes: exactly the room claimed. Valid until commit or abort. */
    public MutableDirectBuffer buffer() {
        return body;
    }

    /** Where in {@link #buffer()} the body begins. */
    public int offset() {
        return 0;
    }

    /** Bytes claimed. */
    public int length() {
        return body.capacity();
    }

    /**
     * Publishes all that was claimed.
     *
     * @return the sequence.
     * @throws IllegalStateException if nothing is claimed, or on another thread than claimed it.
     */
    public long commit() {
        return commit(length());
    }

    /**
     * Publishes the first bytes of what was claimed.
     *
     * @param actualLength bytes of the body.
     * @return the sequence.
     * @throws IllegalArgumentException if it is negative or more than claimed; the claim stays.
     * @throws IllegalStateException    if nothing is claimed, or on another thread than claimed it.
     */
    public long commit(int actualLength) {
        if (store == null) {
            throw new IllegalStateException("nothing is claimed; call tryClaim first");
        }
        if (actualLength < 0 || actualLength > length()) {
            throw new IllegalArgumentException("actualLength=" + actualLength + " is not from 0 to " + length());
        }
        final long sequence = store.commit(prefix, actualLength);
        end();
        return sequence;
    }

    /** Gives the claim up: nothing is published and no sequence is used. Does nothing when nothing is claimed. */
    public void abort() {
        if (store != null) {
            store.abort();
            end();
        }
    }

    private void end() {
        store = null;
        prefix = null;
        body.wrap(0, 0);
    }
}
