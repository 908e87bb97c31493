package io.tautwire.server.internal.broker.publisher;

import io.tautwire.codec.sbe.Code;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * How far one identity has published, and what became of the commands it may still ask about. What follows from frames
 * is changed by {@link PublisherTable#apply} alone; what the publisher says it knows is apart.
 */
public final class Publisher {
    private static final String OUTCOME_FORGOTTEN =
            "the server no longer tells these outcomes apart: some of these commands may have been appended";

    private final Identity identity;
    private final byte[] clientName;
    private final Refusals refusals = new Refusals();
    private boolean isJournaled;
    private boolean isOpen;
    private boolean hasPublished;
    private long handled;
    private long confirmedBelow = 1;
    private long idleSinceNs;

    Publisher(Identity identity) {
        this.identity = identity;
        this.clientName = identity.clientName().getBytes(StandardCharsets.UTF_8);
    }

    /** Whose commands these are. */
    public Identity identity() {
        return identity;
    }

    /** Sequence of the last command that was appended or refused, or that the publisher said it no longer holds. */
    public long lastSequence() {
        return Math.max(handled, confirmedBelow - 1);
    }

    /** Whether this server has seen a command of it. */
    boolean hasPublished() {
        return hasPublished;
    }

    /** The last sequence that this server has seen itself; zero when it saw none. */
    public long lastAppended() {
        return hasPublished ? lastSequence() : 0;
    }

    /** The publisher knows every outcome below this sequence. */
    public long confirmedBelow() {
        return confirmedBelow;
    }

    /** Whether a frame of the journal says whose the commands of this name and incarnation are. */
    public boolean isOpen() {
        return isOpen;
    }

    /** The publisher knows every outcome below a sequence, and its next command may have that one. */
    public void confirmBelow(long sequence) {
        if (sequence > confirmedBelow) {
            confirmedBelow = sequence;
            refusals.confirmBelow(sequence);
        }
    }

    /** The next command was appended. */
    void appended(long sequence) {
        hasPublished = true;
        handled = sequence;
    }

    /**
     * The next command was refused.
     *
     * @param code number of a code, which this version need not know.
     */
    void refused(long sequence, int code, String reason) {
        refusals.add(sequence, code, reason);
        appended(sequence);
    }

    /** The journal says whose the commands are that follow. */
    void opened(long lastSequence) {
        isJournaled = true;
        isOpen = true;
        handled = Math.max(handled, lastSequence);
    }

    /** From now on commands of this name and incarnation are another user's. */
    void supplanted() {
        isOpen = false;
    }

    /** Whether the journal holds anything of it. */
    public boolean isJournaled() {
        return isJournaled;
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
        final long unknownBelow = Math.max(refusals.unknownBelow(), confirmedBelow);
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

    boolean isNamed(DirectBuffer name) {
        if (name.capacity() != clientName.length) {
            return false;
        }
        for (int i = 0; i < clientName.length; i++) {
            if (name.getByte(i) != clientName[i]) {
                return false;
            }
        }
        return true;
    }

    Refusals refusals() {
        return refusals;
    }

    /** Last sequence that frames tell of. */
    long handled() {
        return handled;
    }

    /** As a snapshot has it. */
    void restore(long lastHandled, long confirmed, boolean published, boolean open) {
        handled = lastHandled;
        confirmedBelow = confirmed;
        hasPublished = published;
        isOpen = open;
        isJournaled = true;
    }

    long idleSinceNs() {
        return idleSinceNs;
    }

    void idleSinceNs(long nowNs) {
        idleSinceNs = nowNs;
    }
}
