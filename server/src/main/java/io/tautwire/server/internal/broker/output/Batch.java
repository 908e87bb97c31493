package io.tautwire.server.internal.broker.output;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * What happens between two moments of rest of the broker: one clock read for all that is appended, and one flush for
 * each session that something was written to.
 */
public final class Batch {
    private final LongSupplier epochClockNs;
    private SessionOutput[] touched = new SessionOutput[16];
    private int touchedCount;
    private long stampNs;
    private boolean isStamped;
    private boolean isEnding;

    /**
     * A batch with nothing in it.
     *
     * @param epochClockNs nanoseconds since the epoch; it may step back, stamps do not.
     * @param lastStampNs  of what was appended before; zero when nothing was.
     */
    public Batch(LongSupplier epochClockNs, long lastStampNs) {
        this.epochClockNs = epochClockNs;
        this.stampNs = lastStampNs;
    }

    /** The time of everything appended in this batch, in nanoseconds since the epoch; never less than before. */
    public long stampNs() {
        if (!isStamped) {
            isStamped = true;
            stampNs = Math.max(stampNs, epochClockNs.getAsLong());
        }
        return stampNs;
    }

    /** Ends the batch: whatever was written goes to the wires, in the order in which it was first touched. */
    public void end() {
        isStamped = false;
        if (isEnding) {
            return; // a wire that takes bytes at once calls back into the session, and that ends a batch too
        }
        isEnding = true;
        int flushed = 0;
        try {
            while (flushed < touchedCount) {
                touched[flushed++].flush();
            }
        } finally {
            forget(flushed);
            isEnding = false;
        }
    }

    /** Usually all; when a wire fails, those after it have their turn with the next batch. */
    private void forget(int flushed) {
        final int left = touchedCount - flushed;
        System.arraycopy(touched, flushed, touched, 0, left);
        Arrays.fill(touched, left, touchedCount, null);
        touchedCount = left;
    }

    void touch(SessionOutput output) {
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, touchedCount * 2);
        }
        touched[touchedCount++] = output;
    }
}
