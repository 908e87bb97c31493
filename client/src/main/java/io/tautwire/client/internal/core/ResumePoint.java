package io.tautwire.client.internal.core;

import io.tautwire.codec.sbe.NotFound;
import io.tautwire.codec.sbe.StartAt;

/**
 * Where a subscription is to begin in its next session: first as its {@link Interest} says, then behind what it has
 * seen. The epoch is that of what was seen and not of the session: a position of an older epoch may name another
 * message in the newer one.
 */
final class ResumePoint {
    private final Start first;
    private StartAt at;
    private long journalId;
    private int epoch;
    private long position;
    private boolean isKnown;

    ResumePoint(Start first) {
        this.first = first;
        at = first.at();
        journalId = first.journalId();
        epoch = first.epoch();
        position = first.position();
    }

    /** Everything before this position is dealt with. */
    void at(long ofJournalId, int ofEpoch, long from) {
        is(StartAt.AT, ofJournalId, ofEpoch, from);
    }

    /** The message at this position was seen, and everything before it. */
    void after(long ofJournalId, int ofEpoch, long seen) {
        is(StartAt.AFTER, ofJournalId, ofEpoch, seen);
    }

    /** There is nothing to go on from: begins live. */
    void forget() {
        is(StartAt.NOW, 0, 0, 0);
        isKnown = false;
    }

    private void is(StartAt where, long ofJournalId, int ofEpoch, long of) {
        at = where;
        journalId = ofJournalId;
        epoch = ofEpoch;
        position = of;
        isKnown = true;
    }

    /** Whether a server has confirmed it: before, it is what the user wished. */
    boolean isKnown() {
        return isKnown;
    }

    StartAt startAt() {
        return at;
    }

    long journalId() {
        return journalId;
    }

    int epoch() {
        return epoch;
    }

    long position() {
        return position;
    }

    long timestampNs() {
        return at == StartAt.TIMESTAMP ? first.timestampNs() : 0;
    }

    /** What was dropped before it could be delivered is a gap, which the server tells, and no reason to end. */
    NotFound notFound() {
        return isKnown ? NotFound.START : first.notFound();
    }
}
