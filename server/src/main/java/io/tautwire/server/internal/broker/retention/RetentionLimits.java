package io.tautwire.server.internal.broker.retention;

/**
 * How much of the journal is kept at least.
 *
 * @param bytes of the newest frames; {@link Long#MAX_VALUE} for all.
 * @param ageNs of the oldest frame in nanoseconds; {@link Long#MAX_VALUE} for any.
 */
public record RetentionLimits(long bytes, long ageNs) {
    /** Everything is kept. */
    public static final RetentionLimits NONE = new RetentionLimits(Long.MAX_VALUE, Long.MAX_VALUE);
}
