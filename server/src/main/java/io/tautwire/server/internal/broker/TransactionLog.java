package io.tautwire.server.internal.broker;

import io.tautwire.server.internal.broker.publisher.PublisherTable;
import io.tautwire.server.internal.broker.retention.RetentionLimits;
import io.tautwire.server.internal.broker.retention.SnapshotWriter;

/**
 * What a broker whose journal outlives the process needs besides it.
 *
 * @param publishers       rebuilt from a snapshot and what the journal holds behind it.
 * @param snapshotPosition where the newest snapshot of it was taken; zero when there is none.
 * @param lastTimestamp    of the last frame recovered, in nanoseconds since the epoch; stamps never fall.
 * @param snapshots        takes snapshots of the table to where they outlive the process.
 * @param retention        how much of the journal is kept.
 */
public record TransactionLog(
        PublisherTable publishers,
        long snapshotPosition,
        long lastTimestamp,
        SnapshotWriter snapshots,
        RetentionLimits retention) {}
