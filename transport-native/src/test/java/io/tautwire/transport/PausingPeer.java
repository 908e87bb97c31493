package io.tautwire.transport;

import io.tautwire.transport.wire.Wire;
import org.agrona.DirectBuffer;

/** Takes a limited number of bytes and then pauses, until it is told to go on; leaves the rest where it is. */
final class PausingPeer extends Peer {
    final int bytesBetweenPauses;
    int largestPresented;
    int pauses;
    int bytesWhilePaused;
    private int left;
    private boolean isPaused;
    private Runnable onPause = () -> {};

    PausingPeer(Wire wire, int bytesBetweenPauses) {
        super(wire);
        this.bytesBetweenPauses = bytesBetweenPauses;
        left = bytesBetweenPauses;
    }

    /** Is told of each pause from now on, the present one too. */
    void onPause(Runnable told) {
        onPause = told;
        if (isPaused) {
            told.run();
        }
    }

    void goOn() {
        isPaused = false;
        left = bytesBetweenPauses;
        wire.resumeReading();
    }

    @Override
    public int onBytes(DirectBuffer buffer, int offset, int length) {
        if (isPaused) {
            bytesWhilePaused += length;
        }
        largestPresented = Math.max(largestPresented, length);
        final int taken = Math.min(left, length);
        keep(buffer, offset, taken);
        left -= taken;
        if (left == 0 && !isPaused) {
            isPaused = true;
            pauses++;
            wire.pauseReading();
            onPause.run();
        }
        return taken;
    }
}
