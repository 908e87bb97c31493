package io.tautwire.journal;

import org.agrona.concurrent.UnsafeBuffer;

/** Hears how the requests to a {@link Storage} ended. Called by one thread at a time. */
public interface StorageListener {
    /** What was asked. */
    enum Request {
        /** {@link Storage#prepare}. */
        PREPARE,
        /** {@link Storage#write}. */
        WRITE,
        /** {@link Storage#force}. */
        FORCE,
        /** {@link Storage#read}. */
        READ,
        /** {@link Storage#release}. */
        RELEASE
    }

    /**
     * A segment can be appended to.
     *
     * @param memory wraps a {@link java.nio.ByteBuffer}; it is the journal's until the segment is cooled or released.
     */
    void onPrepared(long segmentPosition, UnsafeBuffer memory);

    /** Everything below this position, the end of a write request, survives the death of the process. */
    void onWritten(long endPosition);

    /** Everything below this position survives a power cut. */
    void onForced(long endPosition);

    /**
     * A cold segment is in memory.
     *
     * @param memory wraps a {@link java.nio.ByteBuffer}; only to be read, until the segment is cooled or released.
     */
    void onRead(long segmentPosition, UnsafeBuffer memory);

    /** A segment is gone. */
    void onReleased(long segmentPosition);

    /**
     * A request failed.
     *
     * @param request  what was asked.
     * @param position the segment's, or where the write began, or what was to be forced.
     * @param cause    why.
     */
    void onFailed(Request request, long position, Throwable cause);
}
