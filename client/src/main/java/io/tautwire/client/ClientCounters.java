package io.tautwire.client;

import io.tautwire.client.internal.OpenStore;
import io.tautwire.client.internal.StepMeter;
import io.tautwire.client.internal.core.Acknowledgements;
import io.tautwire.client.internal.core.SessionCounters;

/**
 * What a client counts, over all its sessions. Reading costs next to nothing and may be done at any time by any thread;
 * numbers are those of the last batch that the receive thread handled. After the client is closed they stay readable.
 */
public final class ClientCounters {
    private final OpenStore store;
    private final Acknowledgements acknowledgements;
    private final SessionCounters sessions;
    private final StepMeter steps;

    ClientCounters(OpenStore store, Acknowledgements acknowledgements, SessionCounters sessions, StepMeter steps) {
        this.store = store;
        this.acknowledgements = acknowledgements;
        this.sessions = sessions;
        this.steps = steps;
    }

    /** Messages published by this client; not what its publish store held before. */
    public long published() {
        return store.nextSequence() - store.origin().nextSequence();
    }

    /** Messages published that have no outcome yet. */
    public long outstanding() {
        final long settled = acknowledgements.lastOutcome(); // first: the other only runs ahead of it
        return store.nextSequence() - 1 - settled;
    }

    /** Messages acknowledged as successful. */
    public long acknowledged() {
        return acknowledgements.acknowledged();
    }

    /** Messages refused. */
    public long refused() {
        return acknowledgements.refused();
    }

    /** Messages handed to the system for sending, those sent again included. */
    public long sent() {
        return sessions.sent.get();
    }

    /** Messages received, each once however many subscriptions it is for. */
    public long received() {
        return sessions.received.get();
    }

    /** Messages received whose subscriptions had all ended: see {@link Client#lastChanceHandler}. */
    public long unclaimed() {
        return sessions.unclaimed.get();
    }

    /** Messages that came again after a reconnect and were dropped; for each subscription that had seen them. */
    public long duplicates() {
        return sessions.duplicates.get();
    }

    /** Times a subscription had used up its credit, so that the server had to hold messages back. */
    public long creditWaits() {
        return sessions.creditWaits.get();
    }

    /** Longest time that the receive thread was busy with one step, handlers included, in nanoseconds. */
    public long longestPauseNs() {
        return steps.longestNs();
    }

    @Override
    public String toString() {
        return "published=" + published() + " outstanding=" + outstanding() + " acknowledged=" + acknowledged()
                + " refused=" + refused() + " sent=" + sent() + " received=" + received() + " unclaimed="
                + unclaimed() + " duplicates=" + duplicates() + " creditWaits=" + creditWaits() + " longestPauseNs="
                + longestPauseNs();
    }
}
