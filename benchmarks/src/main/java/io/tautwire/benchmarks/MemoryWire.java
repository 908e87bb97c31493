package io.tautwire.benchmarks;

import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One direction of a connection in memory. What is written is copied to the receiving side's buffer, as a socket would,
 * and read there at the next {@link #step}; or it goes nowhere, once the receiving side has been taken away.
 */
final class MemoryWire implements Wire {
    private final UnsafeBuffer received = new UnsafeBuffer(ByteBuffer.allocateDirect(1 << 20));
    private WireHandler writer;
    private WireHandler reader;
    private int filled;

    void connect(WireHandler writingSide, WireHandler readingSide) {
        writer = writingSide;
        reader = readingSide;
    }

    /** From now on bytes are taken and forgotten. */
    void toNowhere() {
        reader = null;
        filled = 0;
    }

    /** Gives the receiving side what has come; whether there was anything. */
    boolean step() {
        if (filled == 0) {
            return false;
        }
        final int length = filled;
        if (reader.onBytes(received, 0, length) != length) {
            throw new IllegalStateException("whole frames were written, and not all of them read");
        }
        filled = 0;
        reader.onBatchEnd();
        return true;
    }

    /** What has come and was not read. */
    byte[] peek() {
        final byte[] bytes = new byte[filled];
        received.getBytes(0, bytes);
        return bytes;
    }

    @Override
    public void write(DirectBuffer buffer, int offset, int length) {
        if (reader != null) {
            received.putBytes(filled, buffer, offset, length);
            filled += length;
        }
        writer.onWritten(length);
    }

    @Override
    public void close() {
        throw new IllegalStateException("a session ended in the middle of a benchmark");
    }

    @Override
    public void abort() {
        close();
    }

    @Override
    public String peer() {
        return "memory";
    }
}
