package io.tautwire.client.internal.core;

import io.tautwire.codec.sbe.NotFound;
import io.tautwire.codec.sbe.StartAt;

/**
 * Where a subscription begins.
 *
 * @param at          which of the other parts say where.
 * @param journalId   with AT and AFTER: whose position it is; else zero.
 * @param epoch       with AT and AFTER: of the position; else zero.
 * @param position    with AT and AFTER: byte offset of a frame, which AT includes and AFTER does not; else zero.
 * @param timestampNs with TIMESTAMP: nanoseconds since the epoch; else zero.
 * @param notFound    what the server does when it does not hold that place.
 */
public record Start(StartAt at, long journalId, int epoch, long position, long timestampNs, NotFound notFound) {
    /** Live from now. */
    public static final Start NOW = new Start(StartAt.NOW, 0, 0, 0, 0, NotFound.FAIL);

    /** At the oldest message that the journal holds. */
    public static final Start OLDEST = new Start(StartAt.START, 0, 0, 0, 0, NotFound.FAIL);

    /** At this position of a journal. */
    public static Start at(long journalId, int epoch, long position, NotFound notFound) {
        return new Start(StartAt.AT, journalId, epoch, position, 0, notFound);
    }

    /** After the message at this position of a journal. */
    public static Start after(long journalId, int epoch, long position, NotFound notFound) {
        return new Start(StartAt.AFTER, journalId, epoch, position, 0, notFound);
    }

    /** At the first message that was appended then or later. */
    public static Start at(long timestampNs, NotFound notFound) {
        return new Start(StartAt.TIMESTAMP, 0, 0, 0, timestampNs, notFound);
    }
}
