package io.tautwire.client.internal.core;

/**
 * How far a publish store had come when this process opened it.
 *
 * @param settled      last sequence that had an outcome, as all before it had; zero when none had.
 * @param nextSequence the sequence that was to be given out next.
 * @param position     where in the journal the command after the last settled one begins, or will begin.
 * @param isReopened   whether it is older than this process, so that what it held may have been lost with a machine.
 */
public record StoreOrigin(long settled, long nextSequence, long position, boolean isReopened) {
    /** Of a store that begins with this process. */
    public static final StoreOrigin NEW = new StoreOrigin(0, 1, 0, false);
}
