package io.tautwire.system.sim;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;

/** One command of a store: what was published, and what its publisher was told of it. */
final class Command {
    private final String topic;
    private final int bodyLength;
    private final byte bodyByte;
    private Code told;
    private AckLevel level;
    private JournalView toldOf;

    Command(String topic, int bodyLength, byte bodyByte) {
        this.topic = topic;
        this.bodyLength = bodyLength;
        this.bodyByte = bodyByte;
    }

    /** What the server should make of it. */
    Code due() {
        return Topics.isForbidden(topic) ? Code.NOT_ENTITLED : Code.OK;
    }

    /** Null while it has no outcome. */
    Code told() {
        return told;
    }

    /** Ack level of a success. */
    AckLevel level() {
        return level;
    }

    /** The life of the server that told it. */
    JournalView toldOf() {
        return toldOf;
    }

    void tell(Code code, AckLevel atLevel, JournalView by) {
        told = code;
        level = atLevel;
        toldOf = by;
    }

    boolean isWhat(Entry entry) {
        return entry.topic().equals(topic)
                && entry.bodyLength() == bodyLength
                && (bodyLength == 0 || entry.bodyByte() == bodyByte);
    }

    @Override
    public String toString() {
        return "topic=" + topic + " bodyLength=" + bodyLength + " told=" + told;
    }
}
