package io.tautwire.transport.wire;

import org.agrona.DirectBuffer;

/**
 * Carries bytes to one peer. Used by one thread, the one that steps its {@link WireHandler}.
 *
 * <p>One write is under way at a time: so nothing queues behind the caller's back, and the bytes of a journal can be
 * written from where they lie.
 */
public interface Wire {
    /**
     * Starts writing. The bytes must not change until {@link WireHandler#onWritten} tells how many were taken, which
     * may be fewer than given, and may come before this method returns. After a close it never comes.
     *
     * @throws IllegalStateException if a write is under way.
     */
    void write(DirectBuffer buffer, int offset, int length);

    /**
     * Stops reading, so that the peer has to wait once the systems' buffers are full. What was received and not
     * consumed stays, and for once whole frames may stay too. May be called while the handler is stepped: nothing more
     * is given to it then. Closing ends the pause: what comes after that is dropped. Idempotent.
     *
     * @throws UnsupportedOperationException if this wire is for handlers that never ask.
     */
    default void pauseReading() {
        throw new UnsupportedOperationException("this wire cannot pause");
    }

    /**
     * Reads again. What stayed is given to {@link WireHandler#onBytes} soon, and not from within this call, with an
     * {@link WireHandler#onBatchEnd} after it; where nothing stayed neither is called. Idempotent.
     *
     * @throws UnsupportedOperationException if this wire is for handlers that never ask.
     */
    default void resumeReading() {
        throw new UnsupportedOperationException("this wire cannot pause");
    }

    /** Closes the connection after what was written is handed to the system. Idempotent. */
    void close();

    /**
     * Closes the connection at once, also while {@link #close} is under way: what was written and has not left is
     * dropped. Over TCP the socket is closed with SO_LINGER 0, so the peer sees a reset. For a peer that is taken for
     * dead, and whose connection another one replaces. {@link WireHandler#onClosed} is told without a cause, and not
     * from within this call. Idempotent.
     */
    void abort();

    /** The peer's address for messages and logs. */
    String peer();

    /**
     * The common name in the certificate that the client has shown and that was verified, as the server sees it. Empty
     * where there is none, or several, or one that could be no user.
     */
    default String certificateUser() {
        return "";
    }
}
