package io.tautwire.server.internal.broker.retention;

/** How far the journal is released: whole segments beyond the limits, none that is still needed. */
public final class Retention {
    private final RetentionLimits limits;
    private final int segmentLength;

    /** Within these limits. */
    public Retention(RetentionLimits limits, int segmentLength) {
        this.limits = limits;
        this.segmentLength = segmentLength;
    }

    /** Frames stamped before this time, in nanoseconds since the epoch, are too old; the least number when none is. */
    public long tooOldNs(long epochNs) {
        return limits.ageNs() == Long.MAX_VALUE ? Long.MIN_VALUE : epochNs - limits.ageNs();
    }

    /**
     * Below which position the journal is not kept any longer.
     *
     * @param oldEnough position of a segment, all frames below which are too old.
     * @param needed    lowest position that is needed whatever the limits say.
     * @return the beginning of a segment; at or below the head when nothing is to go.
     */
    public long releaseTo(long tail, long oldEnough, long needed) {
        final long bySize = limits.bytes() >= tail ? 0 : tail - limits.bytes();
        return Math.min(Math.max(bySize, oldEnough), needed) & -segmentLength;
    }
}
