package io.tautwire.client.internal;

/**
 * How much a store takes.
 *
 * @param maxFrame longest frame, in bytes; a server may lower it.
 * @param bound    most bytes that are stored, at first.
 * @param growTo   what the bound may be doubled to when it is reached; no more than the bound where it stays.
 * @param growth   told of it.
 */
public record StoreLimits(int maxFrame, long bound, long growTo, Growth growth) {
    /** Told when a store grows. */
    @FunctionalInterface
    public interface Growth {
        /** The bound is another one now, in bytes. On the thread that publishes. Must not throw. */
        void onGrown(long fromBytes, long toBytes);
    }

    /** As much as the journal takes. */
    public static StoreLimits ofJournal(int maxFrame) {
        return new StoreLimits(maxFrame, Long.MAX_VALUE, 0, (from, to) -> {});
    }
}
