package io.tautwire.server.internal.broker;

import io.tautwire.journal.Journal;
import io.tautwire.server.internal.broker.publisher.PublisherSnapshot;
import io.tautwire.server.internal.broker.retention.Retention;
import io.tautwire.server.internal.broker.retention.Snapshots;

/** Keeps a journal that outlives the process from growing for ever: snapshots of what it says, and then its release. */
final class LogKeeper {
    private final BrokerParts parts;
    private final Journal journal;
    private final Snapshots snapshots;
    private final Retention retention;

    LogKeeper(BrokerParts parts, TransactionLog log) {
        this.parts = parts;
        this.journal = parts.journal;
        final int segmentLength = journal.config().segmentLength();
        this.snapshots = new Snapshots(
                segmentLength,
                log.snapshotPosition(),
                tail -> PublisherSnapshot.encode(parts.publishers, journal.journalId(), tail),
                log.snapshots());
        this.retention = new Retention(log.retention(), segmentLength);
    }

    /** The journal has got on. */
    void onProgress() {
        if (parts.durability.failure() != null) {
            return;
        }
        snapshots.onProgress(journal.tail(), journal.forced());
    }

    /** Releases what is beyond the limits and not needed. */
    void onTimer() {
        if (parts.durability.failure() != null) {
            return;
        }
        onProgress();
        final long tooOldNs = retention.tooOldNs(parts.host.epochNs());
        final long oldEnough = tooOldNs == Long.MIN_VALUE ? 0 : journal.segmentAtOrBefore(tooOldNs);
        journal.releaseTo(Math.max(journal.head(), retention.releaseTo(journal.tail(), oldEnough, needed())));
        journal.reclaim(); // an idle server gives old segments up, too
    }

    void onSnapshotWritten(long position) {
        snapshots.onWritten(position);
    }

    void onSnapshotFailed(Throwable cause) {
        snapshots.onFailed();
        parts.host.onFault(FaultKind.SNAPSHOT, "the journal is kept until the next one is written", cause);
    }

    private long needed() {
        long needed = Math.min(snapshots.needed(), parts.durability.position());
        for (final BrokerSession session : parts.sessions.all()) {
            needed = Math.min(needed, session.lowestPosition());
        }
        return needed;
    }
}
