package io.tautwire.server.internal.broker;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.NotFound;
import io.tautwire.codec.sbe.StartAt;

/** Where a peer's subscription is to begin; numbers, because a peer may send any. */
public record From(
        int startAt, int notFound, int deliveryPoint, long journalId, int epoch, long position, long timestampNs) {
    /** Of the journal that a {@link Rig} has. */
    static final long JOURNAL_ID = 42;

    public static From now() {
        return of(StartAt.NOW, 0, 0);
    }

    public static From start() {
        return of(StartAt.START, 0, 0);
    }

    public static From at(long position) {
        return of(StartAt.AT, position, 0);
    }

    public static From after(long position) {
        return of(StartAt.AFTER, position, 0);
    }

    public static From time(long timestampNs) {
        return of(StartAt.TIMESTAMP, 0, timestampNs);
    }

    From or(NotFound instead) {
        return new From(startAt, instead.value(), deliveryPoint, journalId, epoch, position, timestampNs);
    }

    From on(AckLevel level) {
        return new From(startAt, notFound, level.value(), journalId, epoch, position, timestampNs);
    }

    From of(long otherJournalId) {
        return new From(startAt, notFound, deliveryPoint, otherJournalId, epoch, position, timestampNs);
    }

    From in(int otherEpoch) {
        return new From(startAt, notFound, deliveryPoint, journalId, otherEpoch, position, timestampNs);
    }

    private static From of(StartAt at, long position, long timestampNs) {
        final boolean isPosition = at == StartAt.AT || at == StartAt.AFTER;
        return new From(
                at.value(),
                NotFound.FAIL.value(),
                AckLevel.RECEIVED.value(),
                isPosition ? JOURNAL_ID : 0,
                0,
                position,
                timestampNs);
    }
}
