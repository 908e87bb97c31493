package io.tautwire.transport.wire;

import org.agrona.DirectBuffer;

/**
 * One end of a connection, stepped by what its {@link Wire} sees. All calls come from one thread, never nested but for
 * {@link #onWritten}.
 */
public interface WireHandler {
    /**
     * Bytes have arrived. Those not consumed are given again, at the front of more.
     *
     * @param buffer holds the bytes; valid during the call.
     * @param offset of the first byte.
     * @param length number of bytes, those given before and not consumed included.
     * @return bytes consumed: whole frames only.
     */
    int onBytes(DirectBuffer buffer, int offset, int length);

    /**
     * Bytes that the frame at the front of the unconsumed ones takes up, as far as is known; the caller makes room for
     * so many. Already checked against the frame limit.
     */
    int requiredBytes();

    /** No more bytes are waiting, or others have their turn first: the moment to acknowledge and to flush. */
    void onBatchEnd();

    /** The wire took so many bytes of the write under way; it is over. */
    void onWritten(int lengthBytes);

    /**
     * The connection has ended; nothing is called after this.
     *
     * @param cause why, or null when either side closed it in order.
     */
    void onClosed(Throwable cause);
}
