package io.tautwire.server.internal.broker;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.server.internal.broker.output.ControlFrames;
import io.tautwire.server.internal.broker.output.SessionOutput;
import io.tautwire.server.internal.broker.publisher.Outcome;
import io.tautwire.server.internal.broker.publisher.Publisher;

/**
 * Tells one session what became of its commands, in contiguous ranges with refusals apart. It keeps no list: it is a
 * cursor over the publisher's outcomes, so acknowledgements merge by themselves while there is no room to send them,
 * and each outcome is told once a session, whether its command came in this one or before.
 */
final class Acknowledger {
    private final Publisher publisher;
    private final SessionOutput out;
    private final ControlFrames frames;
    private final AckLevel level;
    private final Outcome outcome = new Outcome();
    private long next;

    /**
     * Begins with the first outcome that the publisher does not know.
     *
     * @param next  sequence of that outcome, as the publisher said at logon.
     * @param level what a success promises.
     */
    Acknowledger(Publisher publisher, long next, SessionOutput out, ControlFrames frames, AckLevel level) {
        this.publisher = publisher;
        this.out = out;
        this.frames = frames;
        this.level = level;
        this.next = next;
    }

    /** Tells what there is to tell, as far as there is room. */
    void send() {
        while (!isDone() && out.hasRoomForDeferrable()) {
            publisher.outcome(next, publisher.lastSequence(), outcome);
            frames.ack(out, next, outcome.toSequence(), outcome.code(), level, outcome.reason());
            next = outcome.toSequence() + 1;
        }
    }

    /**
     * A command has been handled. Outcomes wait for the end of the batch, but not until the publisher's memory of them
     * is full: what was not told must not be forgotten, so a peer that cannot be told overflows its output.
     */
    void onCommand() {
        if (publisher.wouldForget(next)) {
            out.flush();
            send();
            if (publisher.wouldForget(next)) {
                out.overflow();
            }
        }
    }

    /** Whether every outcome there is has been told. */
    boolean isDone() {
        return next > publisher.lastSequence();
    }
}
