package io.tautwire.client.internal;

import io.tautwire.transport.wire.WireHandler;
import org.agrona.DirectBuffer;

/**
 * Measures each step of a session: as long as one lasts, handlers included, nothing else of the client is received or
 * sent. Outlives the sessions that it measures.
 */
public final class StepMeter {
    private volatile long longestNs;

    /** The longest step so far, in nanoseconds; any thread. */
    public long longestNs() {
        return longestNs;
    }

    /** The same handler, measured. */
    WireHandler around(WireHandler handler) {
        return new Measured(handler);
    }

    private void record(long beginNs) {
        final long stepNs = System.nanoTime() - beginNs;
        if (stepNs > longestNs) {
            longestNs = stepNs; // one thread at a time steps a client
        }
    }

    private final class Measured implements WireHandler {
        private final WireHandler handler;

        Measured(WireHandler handler) {
            this.handler = handler;
        }

        @Override
        public int onBytes(DirectBuffer buffer, int offset, int length) {
            final long beginNs = System.nanoTime();
            final int consumed = handler.onBytes(buffer, offset, length);
            record(beginNs);
            return consumed;
        }

        @Override
        public int requiredBytes() {
            return handler.requiredBytes();
        }

        @Override
        public void onBatchEnd() {
            final long beginNs = System.nanoTime();
            handler.onBatchEnd();
            record(beginNs);
        }

        @Override
        public void onWritten(int lengthBytes) {
            handler.onWritten(lengthBytes);
        }

        @Override
        public void onClosed(Throwable cause) {
            handler.onClosed(cause);
        }
    }
}
