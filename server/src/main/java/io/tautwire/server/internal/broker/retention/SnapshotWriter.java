package io.tautwire.server.internal.broker.retention;

/** Takes snapshots to where they outlive the process: the broker's host. */
@FunctionalInterface
public interface SnapshotWriter {
    /**
     * Have a snapshot written. Must not block; completes by a call of
     * {@link io.tautwire.server.internal.broker.Broker#onSnapshotWritten} or
     * {@link io.tautwire.server.internal.broker.Broker#onSnapshotFailed}. One at a time.
     *
     * @param position of the journal at which it was taken.
     * @param bytes    nobody else's from now on.
     */
    void write(long position, byte[] bytes);
}
