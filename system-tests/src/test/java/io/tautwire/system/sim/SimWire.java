package io.tautwire.system.sim;

import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;

/**
 * One end of a {@link SimLink}. Takes part of what it is given, as far as the other end has read, and tells so at once
 * or later.
 */
final class SimWire implements Wire {
    /** Bytes that may be under way: then a writer waits until its peer has read. */
    private static final int WINDOW = 64 * 1024;

    private static final int PIECE = 4096;
    private static final long LINGER_NS = 20_000_000;

    private final SimLink link;
    private final String name;
    private final Life life;
    private final ArrayDeque<byte[]> coming = new ArrayDeque<>();
    private final Inbox inbox = new Inbox();
    private SimWire peer;
    private WireHandler handler;
    private long comingBytes;
    private long lastArrivalNs;
    private long stalledUntilNs;

    private DirectBuffer writing;
    private int writingOffset;
    private int writingLength;
    private int underWay;
    private boolean isPaused;
    private boolean isHolding;
    private boolean closing;
    private boolean ended;

    SimWire(SimLink link, String name, Life life) {
        this.link = link;
        this.name = name;
        this.life = life;
    }

    void pair(SimWire other) {
        peer = other;
    }

    void attach(WireHandler to) {
        handler = to;
    }

    /** Whether the end has not come yet. */
    boolean isOpen() {
        return !ended;
    }

    /** Reads nothing for a while. */
    void stall(long ns) {
        stalledUntilNs = link.time().nowNs() + ns;
    }

    @Override
    public void write(DirectBuffer buffer, int offset, int length) {
        if (writing != null) {
            throw new IllegalStateException(name + " has a write under way");
        }
        if (length <= 0) {
            throw new IllegalArgumentException(name + " length=" + length);
        }
        if (!closing && !ended) {
            writing = buffer;
            writingOffset = offset;
            writingLength = length;
            take();
        }
    }

    @Override
    public void pauseReading() {
        isPaused = true;
    }

    @Override
    public void resumeReading() {
        if (isPaused) {
            isPaused = false;
            isHolding = true;
            life.after(link.delayNs(), this::goOn);
        }
    }

    /** Ends both sides once the peer has read what was written, or some time has passed. */
    @Override
    public void close() {
        if (!closing) {
            closing = true;
            endPause();
            final long untilNs = link.time().nowNs() + LINGER_NS;
            link.time().after(link.delayNs(), () -> closeWhenRead(untilNs));
        }
    }

    /** What is on its way is lost. */
    @Override
    public void abort() {
        closing = true;
        endPause();
        peer.drop();
        drop();
        endSoon();
        if (!link.isBlackHole()) {
            peer.endSoon();
        }
    }

    @Override
    public String peer() {
        return name;
    }

    /** Loses what is under way to this side from some byte on. */
    void truncate(Chance chance) {
        long kept = comingBytes == 0 ? 0 : chance.below(comingBytes + 1);
        final ArrayDeque<byte[]> all = new ArrayDeque<>(coming);
        drop();
        while (kept > 0) {
            final byte[] piece = all.poll();
            final byte[] part = java.util.Arrays.copyOf(piece, (int) Math.min(piece.length, kept));
            coming.add(part);
            comingBytes += part.length;
            kept -= part.length;
        }
    }

    /** Loses all that is under way to this side. */
    void drop() {
        coming.clear();
        comingBytes = 0;
    }

    /** The end comes, after what is still to be read. */
    void endSoon() {
        life.after(link.delayNs() + Math.max(0, lastArrivalNs - link.time().nowNs()), this::end);
    }

    private void end() {
        if (!ended && (!coming.isEmpty() || isPaused || isHolding)) {
            life.after(Math.max(200_000, stalledUntilNs - link.time().nowNs()), this::end);
        } else if (!ended) {
            ended = true;
            handler.onClosed(null);
        }
    }

    /** What comes after closing is dropped. */
    private void endPause() {
        if (isPaused) {
            isPaused = false;
            drop();
        }
    }

    private void closeWhenRead(long untilNs) {
        if (peer.comingBytes > 0 && !peer.ended && link.time().nowNs() < untilNs) {
            link.time().after(100_000, () -> closeWhenRead(untilNs));
        } else {
            endSoon();
            if (!link.isBlackHole()) {
                peer.endSoon();
            }
        }
    }

    /** Whether the other side's bytes are not read for now. */
    boolean isBusy() {
        return isPaused || isHolding || !coming.isEmpty();
    }

    /** Gives the network a part of the write, if there is room. */
    private void take() {
        final long room = WINDOW - peer.comingBytes;
        if (writing == null || underWay != 0 || closing || ended || room <= 0 || link.isBroken()) {
            return;
        }
        final int most = (int) Math.min(writingLength, room);
        underWay = link.chance().oneIn(3) ? 1 + link.chance().below(most) : most;
        send();
        if (link.chance().coin()) {
            written();
        } else {
            life.after(link.delayNs(), this::written);
        }
    }

    private void written() {
        if (underWay != 0 && !closing && !ended) {
            final int taken = underWay;
            underWay = 0;
            writing = null;
            handler.onWritten(taken);
        }
    }

    private void send() {
        for (int sent = 0; sent < underWay; ) {
            final byte[] piece =
                    new byte[Math.min(underWay - sent, 1 + link.chance().below(PIECE))];
            writing.getBytes(writingOffset + sent, piece);
            peer.expect(piece);
            sent += piece.length;
        }
    }

    private void expect(byte[] piece) {
        coming.add(piece);
        comingBytes += piece.length;
        lastArrivalNs = Math.max(lastArrivalNs, link.time().nowNs() + link.delayNs());
        life.after(lastArrivalNs - link.time().nowNs(), this::arrive);
    }

    private void arrive() {
        final long stalledNs = stalledUntilNs - link.time().nowNs();
        if (ended || coming.isEmpty() || isPaused || isHolding) {
            return;
        }
        if (stalledNs > 0) {
            life.after(stalledNs, this::arrive);
            return;
        }
        final byte[] piece = coming.remove();
        comingBytes -= piece.length;
        link.trace().add(name, "bytes ", piece.length);
        peer.life.after(link.delayNs(), peer::take);
        inbox.add(piece);
        inbox.give(handler, name);
    }

    /** Reads again after a pause: what stayed, then what has come meanwhile. */
    private void goOn() {
        isHolding = false;
        if (!ended && !isPaused) {
            if (!inbox.isEmpty()) {
                inbox.give(handler, name);
            }
            for (int i = coming.size(); i > 0; i--) {
                life.after(link.delayNs(), this::arrive);
            }
        }
    }
}
