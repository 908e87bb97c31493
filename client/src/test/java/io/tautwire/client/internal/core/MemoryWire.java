package io.tautwire.client.internal.core;

import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.util.function.IntUnaryOperator;
import org.agrona.DirectBuffer;

/** A wire into memory that takes as much of each write as the test says, at once or when it is told to. */
final class MemoryWire implements Wire {
    final ClientFrames frames = new ClientFrames();
    private IntUnaryOperator taking = length -> length;
    private boolean holding;
    private WireHandler handler;

    DirectBuffer buffer;
    int offset;
    int length;
    int longestWrite;
    boolean closed;
    boolean aborted;

    void handler(WireHandler to) {
        handler = to;
    }

    /** How many bytes of a write of a given length it takes, at least one. */
    void taking(IntUnaryOperator bytes) {
        taking = bytes;
    }

    /** Writes stay under way until {@link #complete}. */
    void hold() {
        holding = true;
    }

    /** Ends {@link #hold}, and the write under way. */
    void complete() {
        holding = false;
        if (length > 0) {
            takeBytes();
        }
    }

    @Override
    public void write(DirectBuffer from, int at, int bytes) {
        if (length > 0) {
            throw new IllegalStateException("a write is under way");
        }
        buffer = from;
        offset = at;
        length = bytes;
        longestWrite = Math.max(longestWrite, bytes);
        if (!holding && !closed) {
            takeBytes();
        }
    }

    private void takeBytes() {
        final int taken = taking.applyAsInt(length);
        frames.onBytes(buffer, offset, taken);
        length = 0;
        handler.onWritten(taken);
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void abort() {
        aborted = true;
        close();
    }

    @Override
    public String peer() {
        return "memory";
    }
}
