package io.tautwire.server.internal.broker;

import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.util.function.BiConsumer;
import org.agrona.DirectBuffer;

/** A wire in memory: takes bytes at once, or only as many as it is told to. */
final class TestWire implements Wire {
    private final String peer;
    private final BiConsumer<DirectBuffer, int[]> reader;
    private WireHandler handler;

    /** Whom the certificate of the peer names; empty for none. */
    String certificateUser = "";

    private DirectBuffer buffer;
    private int offset;
    private int length;
    private int takenEarly;
    private boolean isHeld;
    private boolean isClosed;
    private boolean isAborted;
    private boolean isPaused;

    /**
     * A wire that takes everything at once.
     *
     * @param reader is given the bytes taken, with offset and length.
     */
    TestWire(String peer, BiConsumer<DirectBuffer, int[]> reader) {
        this.peer = peer;
        this.reader = reader;
    }

    void handler(WireHandler stepped) {
        handler = stepped;
        if (takenEarly > 0) {
            final int taken = takenEarly;
            takenEarly = 0;
            handler.onWritten(taken);
        }
    }

    /** From now on bytes are taken by {@link #take} only. */
    void hold() {
        isHeld = true;
    }

    /** Takes all there is, and everything from now on at once. */
    void release() {
        isHeld = false;
        take(Integer.MAX_VALUE);
    }

    /** Takes some bytes of the write under way; returns how many. */
    int take(int most) {
        if (length == 0 || most == 0) {
            return 0;
        }
        final int taken = Math.min(most, length);
        reader.accept(buffer, new int[] {offset, taken});
        length = 0;
        if (handler == null) {
            takenEarly = taken;
        } else if (!isClosed) {
            handler.onWritten(taken);
        }
        return taken;
    }

    /** Whether a write is under way. */
    boolean isWriting() {
        return length > 0;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Whether the broker does not want to read; what stayed is to be given again once it does. */
    boolean isPaused() {
        return isPaused;
    }

    boolean isAborted() {
        return isAborted;
    }

    @Override
    public void write(DirectBuffer from, int at, int bytes) {
        if (length > 0) {
            throw new IllegalStateException("a write is under way");
        }
        buffer = from;
        offset = at;
        length = bytes;
        if (!isHeld) {
            take(Integer.MAX_VALUE);
        }
    }

    @Override
    public void pauseReading() {
        isPaused = true;
    }

    @Override
    public void resumeReading() {
        isPaused = false;
    }

    @Override
    public void close() {
        isClosed = true;
    }

    @Override
    public void abort() {
        isAborted = true;
        close();
    }

    @Override
    public String certificateUser() {
        return certificateUser;
    }

    @Override
    public String peer() {
        return peer;
    }
}
