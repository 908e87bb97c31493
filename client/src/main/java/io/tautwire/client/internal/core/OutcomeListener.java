package io.tautwire.client.internal.core;

import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;

/** Learns what became of commands, in the order of their sequences. Must not throw. */
public interface OutcomeListener {
    /**
     * One command was refused. Comes before the {@link #onOutcome} of its range.
     *
     * @param original the message as it lies in the store; valid during the call.
     * @param code     why.
     * @param reason   text to the code; may be empty.
     */
    void onRefused(MessageView original, Code code, String reason);

    /**
     * All commands of a range have this outcome; their room in the store is free again.
     *
     * @param fromSequence one past the end of the range before.
     * @param toSequence   inclusive.
     * @param code         OK, or why all of them were refused.
     * @param reason       text to a refusal; empty with OK.
     * @param level        what an OK promises.
     */
    void onOutcome(long fromSequence, long toSequence, Code code, String reason, AckLevel level);

    /**
     * The outcomes of a range were told to a process before this one, which died before it had noted that: they are not
     * known here, and nobody tells them again. Does nothing unless overridden.
     *
     * @param fromSequence one past the end of the range before.
     * @param toSequence   inclusive.
     */
    default void onToldBefore(long fromSequence, long toSequence) {}
}
