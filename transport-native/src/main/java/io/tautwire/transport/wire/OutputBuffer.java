package io.tautwire.transport.wire;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What one session has to say: two direct buffers, one being filled while the other is written by a {@link Wire}.
 *
 * <p>To fill: {@link #claim}, encode into {@link #buffer()}, {@link #commit}. To write: while {@link #beginWrite()},
 * give {@link #writeBuffer()}, {@link #writeOffset()} and {@link #writeLength()} to the wire, and tell
 * {@link #onWritten} what it took. Bytes leave in the order of their commits.
 *
 * <p>Bounded: each of the two grows from the initial capacity to the maximum as it is needed, and returns to the
 * initial one after {@value #SHRINK_AFTER} rounds in a row that did not need more. Only growing and shrinking allocate.
 * Memory given back is left to the garbage collector, for a flyweight may still look at it. For one thread.
 */
public final class OutputBuffer {
    /** Rounds in a row, filled and written, after which a buffer larger than needed returns to its initial size. */
    public static final int SHRINK_AFTER = 64;

    private final int initialCapacity;
    private final int maxCapacity;

    private Half filling;
    private Half writing;
    private int claimed;
    private int writeOffset;
    private boolean isWriting;

    /**
     * Allocates both buffers at their initial capacity.
     *
     * @param initialCapacity of each of the two, in bytes.
     * @param maxCapacity     of each of the two, in bytes; a single claim can never be longer.
     */
    public OutputBuffer(int initialCapacity, int maxCapacity) {
        if (initialCapacity <= 0 || maxCapacity < initialCapacity) {
            throw new IllegalArgumentException("initialCapacity=" + initialCapacity + " must be positive and at most"
                    + " maxCapacity=" + maxCapacity);
        }
        this.initialCapacity = initialCapacity;
        this.maxCapacity = maxCapacity;
        filling = new Half(initialCapacity);
        writing = new Half(initialCapacity);
    }

    /**
     * Makes room behind what is committed. A claim before it that was not committed is forgotten.
     *
     * @param length in bytes.
     * @return offset in {@link #buffer()} of so many bytes, whatever they hold; or -1 when there is no room until what
     *     is committed has been handed to the wire. Offsets stay good until {@link #beginWrite()} returns true.
     * @throws IllegalArgumentException if the length is not positive, or more than there can ever be room for.
     */
    public int claim(int length) {
        if (length <= 0 || length > maxCapacity) {
            throw new IllegalArgumentException("length=" + length + " is not within 1 to maxCapacity=" + maxCapacity);
        }
        claimed = 0;
        if (!hasRoom(length)) {
            return -1;
        }
        final int offset = filling.limit;
        if (offset + length > filling.buffer.capacity()) {
            filling.grow(offset + length, maxCapacity);
        }
        claimed = length;
        return offset;
    }

    /** Whether a claim of so many bytes succeeds now. */
    public boolean hasRoom(int length) {
        return length <= maxCapacity - filling.limit;
    }

    /** The buffer being filled. Another one after {@link #beginWrite()} returned true: ask again after each claim. */
    public MutableDirectBuffer buffer() {
        return filling.buffer;
    }

    /**
     * Ends a claim: its first bytes are to be written.
     *
     * @param length in bytes, at most what was claimed; zero gives the claim up.
     * @throws IllegalArgumentException if more than was claimed.
     */
    public void commit(int length) {
        if (length < 0 || length > claimed) {
            throw new IllegalArgumentException("length=" + length + " is not within claimed=" + claimed);
        }
        filling.limit += length;
        claimed = 0;
    }

    /** Bytes committed and not yet taken by the wire, those being written included. */
    public int pendingBytes() {
        return filling.limit + writing.limit - writeOffset;
    }

    /**
     * Prepares the next write: what the wire left of the one before, else all that is committed since. An open claim is
     * forgotten.
     *
     * @return false when a write is under way or there is nothing to write.
     */
    public boolean beginWrite() {
        if (isWriting || pendingBytes() == 0) {
            return false;
        }
        if (writeOffset == writing.limit) {
            swap();
        }
        isWriting = true;
        return true;
    }

    /** The buffer to write from; does not change until {@link #onWritten}. */
    public DirectBuffer writeBuffer() {
        return writing.buffer;
    }

    /** Where in {@link #writeBuffer()} to begin. */
    public int writeOffset() {
        return writeOffset;
    }

    /** How many bytes to write. */
    public int writeLength() {
        return writing.limit - writeOffset;
    }

    /** Whether a write was begun and is not over. */
    public boolean isWriting() {
        return isWriting;
    }

    /**
     * The write is over.
     *
     * @param length bytes taken, from the first on; the rest comes first in the next write.
     * @throws IllegalStateException    if no write is under way.
     * @throws IllegalArgumentException if more than were given.
     */
    public void onWritten(int length) {
        if (!isWriting) {
            throw new IllegalStateException("no write is under way: call beginWrite first");
        }
        if (length < 0 || length > writeLength()) {
            throw new IllegalArgumentException("length=" + length + " is not within writeLength=" + writeLength());
        }
        isWriting = false;
        writeOffset += length;
    }

    private void swap() {
        writing.empty(initialCapacity);
        final Half written = writing;
        writing = filling;
        filling = written;
        writeOffset = 0;
        claimed = 0;
    }

    /** One of the two buffers: committed bytes from 0 to the limit. */
    private static final class Half {
        private final UnsafeBuffer buffer;
        private int limit;
        private int roundsUnneeded;

        Half(int capacity) {
            buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
        }

        void grow(int required, int maxCapacity) {
            // A capacity beyond 1 GiB has no next power of two within an int.
            final int doubled = required > 1 << 30 ? maxCapacity : BitUtil.findNextPositivePowerOfTwo(required);
            final ByteBuffer larger = ByteBuffer.allocateDirect(Math.min(doubled, maxCapacity));
            buffer.getBytes(0, larger, 0, limit);
            buffer.wrap(larger);
        }

        void empty(int initialCapacity) {
            roundsUnneeded = limit > initialCapacity ? 0 : roundsUnneeded + 1;
            limit = 0;
            if (roundsUnneeded >= SHRINK_AFTER && buffer.capacity() > initialCapacity) {
                buffer.wrap(ByteBuffer.allocateDirect(initialCapacity));
            }
        }
    }
}
