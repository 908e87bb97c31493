package io.tautwire.client;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;

/** Learns what became of published messages. */
@FunctionalInterface
public interface AckListener {
    /**
     * All messages of a range have the same outcome. Ranges come in order, without gaps, each sequence once. Runs on
     * the receive thread; an exception goes to the {@link ErrorHandler}.
     *
     * @param fromSequence first of the range: one past the end of the range before.
     * @param toSequence   last of the range.
     * @param code         OK, or why all of them were refused.
     * @param reason       text to a refusal; empty with OK.
     * @param level        what an OK promises.
     */
    void onAck(long fromSequence, long toSequence, Code code, String reason, AckLevel level);
}
