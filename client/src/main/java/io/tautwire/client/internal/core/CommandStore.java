package io.tautwire.client.internal.core;

import io.tautwire.journal.Journal;

/** What a session must know of the publish store that feeds it. */
public interface CommandStore {
    /** Random id of this store, for as long as it lives. */
    long incarnation();

    /** The commands, in the order of their sequences. */
    Journal journal();

    /** How far it had come when it was opened. */
    default StoreOrigin origin() {
        return StoreOrigin.NEW;
    }

    /**
     * The last sequence given out, zero before the first. Its frame and those before it are readable in the journal,
     * and below {@link #sendable()}: the implementation publishes both before this number.
     */
    long lastSequence();

    /**
     * The sequence that the next command will have: past every frame that the journal shows. {@link #lastSequence()}
     * may be behind that for a moment, while its publisher is between showing the frame and telling the number; the
     * frame may be sent and acknowledged meanwhile.
     */
    long nextSequence();

    /** Commands below this position of the journal may be sent: the others are not yet as safe as they are to be. */
    default long sendable() {
        return Long.MAX_VALUE;
    }
}
