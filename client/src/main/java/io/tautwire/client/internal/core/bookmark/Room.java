package io.tautwire.client.internal.core.bookmark;

/** What is done when a journal has no room for a record right now. */
@FunctionalInterface
public interface Room {
    /**
     * Waits a little.
     *
     * @param refused what the journal said: {@link io.tautwire.journal.Journal#FULL} and the like.
     * @param attempt how often it was asked before for the same record.
     * @throws io.tautwire.TautwireException if it is of no use to try again; then nothing is recorded.
     */
    void await(long refused, int attempt);
}
