package io.tautwire.journal.memory;

import static io.tautwire.codec.sbe.Code.STORAGE_FULL;

import io.tautwire.TautwireException;
import io.tautwire.journal.Storage;
import io.tautwire.journal.StorageListener;
import io.tautwire.journal.StorageListener.Request;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Segments in direct memory. Completes each request before it returns. Memory is allocated when a segment is first
 * needed, and afterwards reused, the segment released last first; it goes back to the system when nobody refers to it
 * any more. Writing and forcing do nothing and succeed: what is kept is gone with the process.
 */
public final class MemoryStorage implements Storage {
    private final Long2ObjectHashMap<UnsafeBuffer> held = new Long2ObjectHashMap<>();
    private final ArrayDeque<UnsafeBuffer> pool = new ArrayDeque<>();
    private StorageListener listener;
    private int segmentLength;
    private boolean isClosed;

    @Override
    public void open(StorageListener to, int lengthOfSegments) {
        if (listener != null) {
            throw new IllegalStateException("storage serves a journal already; give each its own");
        }
        listener = Objects.requireNonNull(to, "listener");
        segmentLength = lengthOfSegments;
    }

    @Override
    public void prepare(long segmentPosition) {
        if (isClosed) {
            return;
        }
        UnsafeBuffer memory = pool.pollFirst();
        if (memory == null) {
            try {
                memory = new UnsafeBuffer(ByteBuffer.allocateDirect(segmentLength));
            } catch (OutOfMemoryError e) {
                listener.onFailed(Request.PREPARE, segmentPosition, noMemory(e));
                return;
            }
        }
        held.put(segmentPosition, memory);
        listener.onPrepared(segmentPosition, memory);
    }

    @Override
    public void write(long position, int length) {
        if (!isClosed) {
            listener.onWritten(position + length);
        }
    }

    @Override
    public void force(long position) {
        if (!isClosed) {
            listener.onForced(position);
        }
    }

    @Override
    public void read(long segmentPosition) {
        if (isClosed) {
            return;
        }
        final UnsafeBuffer memory = held.get(segmentPosition);
        if (memory == null) {
            listener.onFailed(Request.READ, segmentPosition, notHeld(segmentPosition));
        } else {
            listener.onRead(segmentPosition, memory);
        }
    }

    /** Does nothing: there is nowhere else to keep it. */
    @Override
    public void cool(long segmentPosition) {}

    /** Does nothing: nobody opens it again. */
    @Override
    public void head(long position) {}

    @Override
    public void release(long segmentPosition) {
        if (isClosed) {
            return;
        }
        final UnsafeBuffer memory = held.remove(segmentPosition);
        if (memory == null) {
            listener.onFailed(Request.RELEASE, segmentPosition, notHeld(segmentPosition));
        } else {
            pool.addFirst(memory);
            listener.onReleased(segmentPosition);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        held.clear();
        pool.clear();
    }

    private TautwireException noMemory(OutOfMemoryError cause) {
        final int segments = held.size() + pool.size();
        return new TautwireException(
                STORAGE_FULL,
                "no direct memory: segmentLength=" + segmentLength + " segments=" + segments
                        + "; raise -XX:MaxDirectMemorySize or configure a smaller journal",
                cause);
    }

    private static IllegalArgumentException notHeld(long segmentPosition) {
        return new IllegalArgumentException("segmentPosition=" + segmentPosition + " is not held");
    }
}
