package io.tautwire.server.internal.broker.delivery;

import io.tautwire.codec.Bookmark;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.NotFound;
import io.tautwire.codec.sbe.StartAt;

/**
 * Where a subscription is to begin, as its client asked: nothing of it is proven.
 *
 * @param at            which of the other parts tells it.
 * @param notFound      what to do where the journal does not hold that place.
 * @param deliveryPoint what a message must have survived before it is delivered.
 * @param journalId     of the position.
 * @param epoch         of the position.
 * @param position      of a message, or where one may begin.
 * @param timestampNs   nanoseconds since the epoch of clocks.
 */
public record Start(
        StartAt at,
        NotFound notFound,
        AckLevel deliveryPoint,
        long journalId,
        int epoch,
        long position,
        long timestampNs) {
    /** In words, for a refusal. */
    String asked() {
        return switch (at) {
            case AT, AFTER ->
                epoch < 0 || position < 0
                        ? "epoch=" + epoch + " position=" + position
                        : "bookmark=" + new Bookmark(journalId, epoch, position);
            case TIMESTAMP -> "timestamp=" + timestampNs;
            default -> "startAt=" + at;
        };
    }
}
