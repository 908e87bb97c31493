package io.tautwire.server.internal.broker;

import io.tautwire.server.internal.broker.output.ControlFrames;
import io.tautwire.server.internal.broker.output.SessionOutput;
import io.tautwire.server.internal.broker.publisher.Outcome;
import io.tautwire.server.internal.broker.publisher.Publisher;
import java.util.function.LongSupplier;

/**
 * Tells one session what became of its commands, refusals too, once the journal keeps it as the server promises: in
 * contiguous ranges with refusals apart. It keeps no list: it is a cursor over the publisher's outcomes, so
 * acknowledgements merge by themselves while there is no room to send them or the disk is behind, and each outcome is
 * told once a session, whether its command came in this one or before.
 */
final class Acknowledger {
    private final Publisher publisher;
    private final SessionOutput out;
    private final ControlFrames frames;
    private final Durability durability;
    private final LongSupplier tail;
    private final DurableSequence durable;
    private final Outcome outcome = new Outcome();
    private long next;

    /**
     * Begins with the first outcome that the publisher does not know.
     *
     * @param next sequence of that outcome.
     * @param tail position behind what was appended last.
     */
    Acknowledger(
            Publisher publisher,
            long next,
            SessionOutput out,
            ControlFrames frames,
            Durability durability,
            LongSupplier tail) {
        this.publisher = publisher;
        this.out = out;
        this.frames = frames;
        this.durability = durability;
        this.tail = tail;
        this.durable = new DurableSequence(next - 1);
        this.next = next;
    }

    /** A step ends: what was handled in it is to be told as soon as it may be. */
    void onStepEnd() {
        durable.mark(publisher.lastSequence(), tail.getAsLong());
        durability.request(); // before the next line: where that keeps it at once, it is told at once
        send();
    }

    /** Tells what there is to tell, as far as there is room. */
    void send() {
        final long last = durable.advance(durability.position());
        while (next <= last && out.hasRoomForDeferrable()) {
            publisher.outcome(next, last, outcome);
            frames.ack(out, next, outcome.toSequence(), outcome.code(), durability.level(), outcome.reason());
            next = outcome.toSequence() + 1;
        }
    }

    /**
     * Before a command is handled. Outcomes wait for the end of the step, but not until the publisher's memory of them
     * is full: what was not told must not be forgotten. A peer that cannot be told overflows its output.
     *
     * @return false if the command must not be handled, but waits until the journal has got on.
     */
    boolean mayHandle() {
        if (!publisher.wouldForget(next)) {
            return true;
        }
        out.flush();
        onStepEnd();
        if (!publisher.wouldForget(next)) {
            return true;
        }
        if (!durable.isWaiting()) {
            out.overflow();
        }
        return false;
    }

    /** Whether something is told only when the journal has got on. */
    boolean isWaiting() {
        return durable.isWaiting();
    }

    /** Whether every outcome there is has been told. */
    boolean isDone() {
        return next > publisher.lastSequence();
    }
}
