package io.tautwire.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The memory that one connection receives into, for all of its reads: Netty is handed the same buffer every time, so
 * bytes arrive behind those not consumed yet, and nothing is copied or allocated. Over TLS they come decrypted, in
 * buffers of their own, and are copied here.
 *
 * <p>What is left over moves to the front when there is not enough room behind it. The buffer grows when the frame
 * at the front is longer, and returns to its initial size after {@value #SHRINK_AFTER} batches that did not need more.
 * Memory is taken with the first read.
 */
final class ReceiveBuffer implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {
    static final int INITIAL_CAPACITY = 64 * 1024;
    static final int SHRINK_AFTER = 64;

    /** Least room of a read: less would make system calls for crumbs. */
    static final int MIN_ROOM = 16 * 1024;

    /** A peer with more than this waiting lets the others go first; about what a large write takes from a socket. */
    static final int MAX_BYTES_PER_BATCH = 256 * 1024;

    private final UnsafeBuffer view = new UnsafeBuffer();
    private ByteBuf bytes;
    private int requiredBytes;
    private boolean isStopped;
    private boolean isPaused;

    private int attempted;
    private int lastRead;
    private int batchBytes;
    private int batchNeed;
    private int batchesWithoutNeed;
    private boolean hasNew;

    @Override
    @SuppressWarnings("deprecation") // The interface names the old type; the platforms insist on the one returned.
    public ExtendedHandle newHandle() {
        return this;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
        begin(allocator);
        makeRoom(MIN_ROOM);
        return bytes.retain();
    }

    /**
     * Takes what came through the pipeline, and releases it: this buffer itself, which the channel has read into, or
     * what a handler before made of it, which is copied behind what is here.
     */
    void take(ByteBuf message, ByteBufAllocator allocator) {
        try {
            if (message != bytes && message.isReadable()) {
                begin(allocator);
                makeRoom(message.readableBytes());
                bytes.writeBytes(message);
                hasNew = true;
            }
        } finally {
            message.release();
        }
    }

    private void begin(ByteBufAllocator allocator) {
        if (bytes == null) {
            bytes = allocator.directBuffer(INITIAL_CAPACITY);
            view.wrap(bytes.nioBuffer(0, bytes.capacity()));
        }
    }

    /** Whether anything is here that was not consumed. */
    boolean hasBytes() {
        return bytes != null && bytes.isReadable();
    }

    /** Whether bytes have arrived since the last call of {@link #consume}. */
    boolean hasNew() {
        return hasNew;
    }

    /** Holds the bytes not consumed, at {@link #offset()}; valid until the next read. */
    DirectBuffer view() {
        return view;
    }

    int offset() {
        return bytes.readerIndex();
    }

    int length() {
        return bytes.readableBytes();
    }

    /**
     * Takes bytes off the front.
     *
     * @param consumed      how many.
     * @param requiredBytes how many the frame now at the front takes up, as far as is known.
     */
    void consume(int consumed, int requiredBytes) {
        if (consumed < 0 || consumed > length()) {
            throw new IllegalStateException("consumed=" + consumed + " of length=" + length() + " bytes");
        }
        batchNeed = Math.max(batchNeed, Math.max(requiredBytes, length()));
        bytes.skipBytes(consumed);
        this.requiredBytes = requiredBytes;
        hasNew = false;
        if (!isPaused && length() >= Math.max(INITIAL_CAPACITY, requiredBytes)) {
            throw new IllegalStateException("length=" + length() + " bytes are not consumed though requiredBytes="
                    + requiredBytes + ": the handler must consume whole frames");
        }
    }

    /** Drops what is there. */
    void clear() {
        if (bytes != null) {
            bytes.clear();
        }
        requiredBytes = 0;
        hasNew = false;
    }

    /** Ends a batch: the moment to give memory back. */
    void endBatch() {
        if (bytes == null || bytes.capacity() == INITIAL_CAPACITY) {
            return;
        }
        batchesWithoutNeed = batchNeed > INITIAL_CAPACITY ? 0 : batchesWithoutNeed + 1;
        batchNeed = 0;
        if (batchesWithoutNeed >= SHRINK_AFTER && length() <= INITIAL_CAPACITY - MIN_ROOM) {
            bytes.discardReadBytes();
            resize(INITIAL_CAPACITY);
        }
    }

    /** Whether what is here waits, whole frames too: the batch under way ends where it stands. */
    void pause(boolean isWanted) {
        isPaused = isWanted;
    }

    /** Ends the batch under way: the connection is about to close. */
    void stop() {
        isStopped = true;
    }

    /** Gives the memory back. Not within a read. */
    void release() {
        stop();
        if (bytes != null) {
            view.wrap(0, 0);
            bytes.release();
            bytes = null;
        }
    }

    private void makeRoom(int room) {
        if (!bytes.isReadable()) {
            bytes.clear();
        }
        final int needed = Math.max(requiredBytes, length() + room);
        if (bytes.capacity() - bytes.readerIndex() < needed) {
            bytes.discardReadBytes();
        }
        if (bytes.capacity() < needed) {
            resize(BitUtil.align(needed, INITIAL_CAPACITY));
        }
    }

    private void resize(int capacity) {
        bytes.capacity(capacity);
        view.wrap(bytes.nioBuffer(0, capacity));
        batchesWithoutNeed = 0;
    }

    @Override
    public int guess() {
        return bytes == null ? INITIAL_CAPACITY : bytes.writableBytes();
    }

    @Override
    public void reset(ChannelConfig config) {
        batchBytes = 0;
    }

    @Override
    public void incMessagesRead(int count) {
        // The bound is in bytes.
    }

    @Override
    public void lastBytesRead(int count) {
        lastRead = count;
        if (count > 0) {
            batchBytes += count;
            hasNew = true;
        }
    }

    @Override
    public int lastBytesRead() {
        return lastRead;
    }

    @Override
    public void attemptedBytesRead(int count) {
        attempted = count;
    }

    @Override
    public int attemptedBytesRead() {
        return attempted;
    }

    @Override
    public boolean continueReading() {
        return mayContinue() && lastRead == attempted;
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
        return mayContinue() && maybeMoreData.get();
    }

    private boolean mayContinue() {
        return !isStopped && !isPaused && batchBytes < MAX_BYTES_PER_BATCH;
    }

    @Override
    public void readComplete() {
        // The end of a batch comes through the pipeline.
    }
}
