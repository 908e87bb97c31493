package io.tautwire.server.internal.log;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.journal.file.Disk;
import io.tautwire.server.internal.broker.retention.RetentionLimits;
import java.nio.file.Path;

/**
 * Where a server's transaction log is, and how it is kept.
 *
 * @param directory     of the journal and the snapshots; made if need be.
 * @param disk          that it is on.
 * @param durability    what an acknowledgement promises.
 * @param segmentLength bytes of a segment, if the journal is made now.
 * @param newJournalId  random id of the journal, if it is made now.
 * @param retention     how much is kept.
 */
public record LogConfig(
        Path directory,
        Disk disk,
        AckLevel durability,
        int segmentLength,
        long newJournalId,
        RetentionLimits retention) {}
