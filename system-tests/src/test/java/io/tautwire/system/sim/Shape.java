package io.tautwire.system.sim;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.server.ServerLimits;
import io.tautwire.server.internal.broker.retention.RetentionLimits;
import java.time.Duration;

/**
 * What a world is like.
 *
 * @param isKept        whether the server has a data directory; if not, its journal is gone with the process.
 * @param level         what its acknowledgements promise.
 * @param segmentLength of the server's journal, in bytes.
 * @param maxSegments   of it, where it is in memory.
 * @param retention     of it, where it is in files.
 * @param forceNs       the longest that a disk takes to force.
 * @param slowestNs     the longest that a subscriber keeps credit before it gives it back.
 */
record Shape(
        boolean isKept,
        AckLevel level,
        int segmentLength,
        int maxSegments,
        RetentionLimits retention,
        int forceNs,
        long slowestNs) {
    static final int MAX_FRAME = 64 * 1024;
    static final ServerLimits LIMITS = ServerLimits.defaults()
            .change()
            .maxFrame(MAX_FRAME)
            .outputBytes(MAX_FRAME * 3)
            .heartbeat(Duration.ofMillis(50))
            .done();

    private static final RetentionLimits SHORT = new RetentionLimits(256 * 1024, Long.MAX_VALUE);

    /** By turns: in memory, large and small; in files, with each level. */
    static Shape of(long seed) {
        final RetentionLimits retention = seed % 16 < 8 ? RetentionLimits.NONE : SHORT;
        return switch ((int) (seed % 8)) {
            case 0 -> new Shape(false, AckLevel.RECEIVED, 1 << 20, 64, RetentionLimits.NONE, 0, 5_000_000);
            case 1 -> new Shape(false, AckLevel.RECEIVED, 1 << 15, 4, RetentionLimits.NONE, 0, 80_000_000);
            case 2 -> kept(AckLevel.RECEIVED, retention, 2_000_000);
            case 3, 4 -> kept(AckLevel.WRITTEN, retention, 2_000_000);
            case 5 -> kept(AckLevel.SYNCED, retention, 20_000_000);
            default -> kept(AckLevel.SYNCED, retention, 1_000_000);
        };
    }

    private static Shape kept(AckLevel level, RetentionLimits retention, int forceNs) {
        return new Shape(true, level, 1 << 16, 0, retention, forceNs, 5_000_000);
    }

    /** Whether some clients have a publish store that survives the death of their process. */
    boolean hasFileStores() {
        return isKept;
    }

    /** Whether subscribers may miss messages, and be told so. */
    boolean dropsMessages() {
        return isKept ? retention == SHORT : maxSegments < 8;
    }
}
