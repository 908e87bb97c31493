package io.tautwire.system.sim;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import java.util.ArrayList;
import java.util.List;

/** Whoever holds one publish store: its commands in the order of their sequences, which start at 1. */
final class Holder {
    private final String client;
    private final int number;
    private final long incarnation;
    private final List<Command> commands = new ArrayList<>();
    private long toldTo;

    /**
     * Holder of an empty store.
     *
     * @param number no other holder has it.
     */
    Holder(String client, int number, long incarnation) {
        this.client = client;
        this.number = number;
        this.incarnation = incarnation;
    }

    long incarnation() {
        return incarnation;
    }

    long lastSequence() {
        return commands.size();
    }

    /** All commands up to this sequence have an outcome. */
    long toldTo() {
        return toldTo;
    }

    /** The command of a sequence; null if this holder has not published it. */
    Command command(long sequence) {
        return sequence < 1 || sequence > commands.size() ? null : commands.get((int) sequence - 1);
    }

    /** What the bodies of this holder's message with a sequence are made of. */
    byte bodyByte(long sequence) {
        return (byte) (sequence * 31 + number * 7L + 1);
    }

    void published(long sequence, String topic, int bodyLength) {
        Broken.unless(
                sequence == commands.size() + 1,
                Promise.ORDER,
                () -> this + " gave sequence=" + sequence + " after " + commands.size());
        commands.add(new Command(topic, bodyLength, bodyByte(sequence)));
    }

    /** The holder was told what became of commands. */
    void told(long from, long to, Code code, AckLevel level, JournalView by) {
        Broken.unless(
                from == toldTo + 1 && to >= from && to <= commands.size(),
                Promise.ORDER,
                () -> this + " was told of " + from + " to " + to + " after " + toldTo + " of " + commands.size());
        for (long sequence = from; sequence <= to; sequence++) {
            tell(sequence, code, level, by);
        }
        toldTo = to;
    }

    private void tell(long sequence, Code code, AckLevel level, JournalView by) {
        final Command command = command(sequence);
        Broken.unless(
                code == command.due(),
                command.due() == Code.OK ? Promise.NO_SURPRISE : Promise.REFUSED_STAYS_REFUSED,
                () -> this + " was told " + code + " of sequence=" + sequence + " where " + command.due() + " was due");
        if (code == Code.OK) {
            final Entry entry = by.find(incarnation, sequence);
            Broken.unless(
                    entry != null && command.isWhat(entry),
                    Promise.ACKNOWLEDGED_IS_KEPT,
                    () -> this + " was told OK of sequence=" + sequence + " (" + command + "), but the " + by + " has "
                            + entry);
            Broken.unless(
                    by.keeps(entry, level),
                    Promise.ACKNOWLEDGED_IS_KEPT,
                    () -> this + " was told " + level + " of sequence=" + sequence + ", but that is not kept so: "
                            + entry);
        }
        command.tell(code, level, by);
    }

    @Override
    public String toString() {
        return client + "/" + Long.toHexString(incarnation);
    }
}
