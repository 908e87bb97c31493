package io.tautwire.system.sim;

import io.tautwire.server.ServerLimits;
import java.time.Duration;

/**
 * How large a world's parts are.
 *
 * @param segmentLength of the server's journal, in bytes.
 * @param maxSegments   of it.
 * @param slowestNs     the longest that a subscriber keeps credit before it gives it back.
 */
record Shape(int segmentLength, int maxSegments, long slowestNs) {
    static final int MAX_FRAME = 64 * 1024;
    static final ServerLimits LIMITS = ServerLimits.defaults()
            .change()
            .maxFrame(MAX_FRAME)
            .outputBytes(MAX_FRAME * 3)
            .heartbeat(Duration.ofMillis(50))
            .done();

    /** Every third world's journal drops messages before slow subscribers have got them. */
    static Shape of(long seed) {
        return seed % 3 == 0 ? new Shape(1 << 15, 4, 80_000_000) : new Shape(1 << 20, 64, 5_000_000);
    }

    /** Whether subscribers may miss messages, and be told so. */
    boolean dropsMessages() {
        return maxSegments < 8;
    }
}
