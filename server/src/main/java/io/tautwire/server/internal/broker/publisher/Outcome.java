package io.tautwire.server.internal.broker.publisher;

import io.tautwire.codec.sbe.Code;

/** What became of a range of commands: a flyweight that {@link Publisher#outcome} sets. */
public final class Outcome {
    private long toSequence;
    private int code;
    private String reason;

    Outcome set(long toSequence, int code, String reason) {
        this.toSequence = toSequence;
        this.code = code;
        this.reason = reason;
        return this;
    }

    /** Last sequence of the range, inclusive. */
    public long toSequence() {
        return toSequence;
    }

    /**
     * Number of {@link Code#OK} when all of the range was appended, else of why all of it was not: of a code that this
     * version may not know.
     */
    public int code() {
        return code;
    }

    /** Why it was refused; empty with {@link Code#OK}. */
    public String reason() {
        return reason;
    }
}
