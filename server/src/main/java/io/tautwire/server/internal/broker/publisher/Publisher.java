package io.tautwire.server.internal.broker.publisher;

import io.tautwire.codec.sbe.Code;

/** How far one identity has published, and what became of the commands it may still ask about. */
public final class Publisher {
    private static final String OUTCOME_FORGOTTEN =
            "the server no longer tells these outcomes apart: some of these commands may have been appended";

    private final Identity identity;
    private final Refusals refusals = new Refusals();
    private boolean hasPublished;
    private long lastSequence;
    private long lowestOutstanding = 1;
    private long idleSinceNs;

    Publisher(Identity identity) {
        this.identity = identity;
    }

    /** Whose commands these are. */
    public Identity identity() {
        return identity;
    }

    /** Sequence of the last command that was appended or refused, or that the publisher said it no longer holds. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Whether this server has seen a command of it. */
    boolean hasPublished() {
        return hasPublished;
    }

    /** The last sequence that this server has seen itself; zero when it saw none. */
    public long lastAppended() {
        return hasPublished ? lastSequence : 0;
    }

    /** The publisher logged on: what lies below is settled, and its next command may have this sequence. */
    public void resume(long lowestOutstanding) {
        confirmBelow(lowestOutstanding);
        lastSequence = Math.max(lastSequence, lowestOutstanding - 1);
    }

    /** The publisher knows every outcome below a sequence. */
    public void confirmBelow(long sequence) {
        if (sequence > lowestOutstanding) {
            lowestOutstanding = sequence;
            refusals.confirmBelow(sequence);
        }
    }

    /** The next command was appended. */
    public void appended(long sequence) {
        hasPublished = true;
        lastSequence = sequence;
    }

    /**
     * The next command was refused.
     *
     * @param code number of a code, which this version need not know.
     */
    public void refused(long sequence, int code, String reason) {
        refusals.add(sequence, code, reason);
        appended(sequence);
    }

    /** Whether one more refusal would cost the outcome of a command from this sequence on. */
    public boolean wouldForget(long sequence) {
        return refusals.wouldForget(sequence);
    }

    /**
     * The outcome of a command and of those after it that share it.
     *
     * @param from  a sequence not above {@link #lastSequence()}.
     * @param limit the range ends here at the latest; not above {@link #lastSequence()}.
     */
    public Outcome outcome(long from, long limit, Outcome outcome) {
        final long unknownBelow = Math.max(refusals.unknownBelow(), lowestOutstanding);
        if (from < unknownBelow) {
            return outcome.set(Math.min(limit, unknownBelow - 1), Code.INTERNAL.value(), OUTCOME_FORGOTTEN);
        }
        final int index = refusals.indexFor(from);
        if (index == refusals.count()) {
            return outcome.set(limit, Code.OK.value(), "");
        }
        if (refusals.from(index) > from) {
            return outcome.set(Math.min(limit, refusals.from(index) - 1), Code.OK.value(), "");
        }
        return outcome.set(Math.min(limit, refusals.to(index)), refusals.code(index), refusals.reason(index));
    }

    int refusals() {
        return refusals.count();
    }

    long idleSinceNs() {
        return idleSinceNs;
    }

    void idleSinceNs(long nowNs) {
        idleSinceNs = nowNs;
    }
}
