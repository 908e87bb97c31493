package io.tautwire.server.internal.broker.publisher;

import io.tautwire.codec.sbe.Code;

/** What became of a range of commands: a flyweight that {@link Publisher#outcome} sets. */
public final class Outcome {
    private long toSequence;
    private Code code;
    private String reason;

    Outcome set(long toSequence, Code code, String reason) {
        this.toSequence = toSequence;
        this.code = code;
        this.reason = reason;
        return this;
    }

    /** Last sequence of the range, inclusive. */
    public long toSequence() {
        return toSequence;
    }

    /** {@link Code#OK} when all of the range was appended, else why all of it was not. */
    public Code code() {
        return code;
    }

    /** Why it was refused; empty with {@link Code#OK}. */
    public String reason() {
        return reason;
    }
}
