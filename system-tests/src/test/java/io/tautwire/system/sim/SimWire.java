package io.tautwire.system.sim;

import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One end of a {@link SimLink}. Takes part of what it is given, and tells so at once or later. */
final class SimWire implements Wire {
    private static final int PIECE = 4096;

    private final SimLink link;
    private final String name;
    private SimWire peer;
    private WireHandler handler;
    private UnsafeBuffer inbox = new UnsafeBuffer(ByteBuffer.allocateDirect(64 * 1024));
    private int inboxLength;
    private long lastArrivalNs;
    private int underWay;
    private boolean closing;
    private boolean ended;

    SimWire(SimLink link, String name) {
        this.link = link;
        this.name = name;
    }

    void pair(SimWire other) {
        peer = other;
    }

    void attach(WireHandler to) {
        handler = to;
    }

    @Override
    public void write(DirectBuffer buffer, int offset, int length) {
        if (underWay != 0) {
            throw new IllegalStateException(name + " has a write under way");
        }
        if (length <= 0) {
            throw new IllegalArgumentException(name + " length=" + length);
        }
        if (closing) {
            return;
        }
        final int taken = link.random().nextInt(3) == 0 ? 1 + link.random().nextInt(length) : length;
        send(buffer, offset, taken);
        underWay = taken;
        if (link.random().nextBoolean()) {
            written();
        } else {
            link.time().after(link.delayNs(), this::written);
        }
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            link.time()
                    .after(
                            link.delayNs()
                                    + Math.max(0, lastArrivalNs - link.time().nowNs()),
                            () -> link.cut(name + " closed"));
        }
    }

    /** What is on its way is lost. */
    @Override
    public void abort() {
        if (!ended) {
            closing = true;
            link.time().after(0, () -> link.cut(name + " aborted"));
        }
    }

    @Override
    public String peer() {
        return name;
    }

    void end() {
        if (!ended) {
            ended = true;
            handler.onClosed(null);
        }
    }

    private void written() {
        if (underWay != 0 && !closing && !ended && !link.isDown()) {
            final int taken = underWay;
            underWay = 0;
            handler.onWritten(taken);
        }
    }

    private void send(DirectBuffer buffer, int offset, int length) {
        for (int sent = 0; sent < length; ) {
            final byte[] piece =
                    new byte[Math.min(length - sent, 1 + link.random().nextInt(PIECE))];
            buffer.getBytes(offset + sent, piece);
            lastArrivalNs = Math.max(lastArrivalNs, link.time().nowNs() + link.delayNs());
            link.time().after(lastArrivalNs - link.time().nowNs(), () -> peer.arrive(piece));
            sent += piece.length;
        }
    }

    private void arrive(byte[] piece) {
        if (ended || link.isDown()) {
            return;
        }
        link.trace().add(name + " " + piece.length);
        makeRoom(inboxLength + piece.length);
        inbox.putBytes(inboxLength, piece);
        inboxLength += piece.length;
        final int consumed = handler.onBytes(inbox, 0, inboxLength);
        if (consumed < 0 || consumed > inboxLength) {
            throw new AssertionError(name + " consumed=" + consumed + " of " + inboxLength);
        }
        inboxLength -= consumed;
        inbox.putBytes(0, inbox, consumed, inboxLength);
        handler.onBatchEnd();
    }

    private void makeRoom(int length) {
        if (length > inbox.capacity()) {
            final UnsafeBuffer larger = new UnsafeBuffer(ByteBuffer.allocateDirect(length * 2));
            larger.putBytes(0, inbox, 0, inboxLength);
            inbox = larger;
        }
    }
}
