package io.tautwire.client.internal.core;

/** What sessions count, over all sessions of a client. Written by the thread that steps them, read by any. */
public final class SessionCounters {
    /** Commands handed to the wire, those sent again included. */
    public final Published sent = new Published();

    /** Messages received, each once however many subscriptions it is for. */
    public final Published received = new Published();

    /** Messages received for subscriptions that are gone. */
    public final Published unclaimed = new Published();

    /** Messages that a subscription had seen before, so that it did not get them; counted for each. */
    public final Published duplicates = new Published();

    /** Times a subscription used up its credit, so that the server had to hold messages back. */
    public final Published creditWaits = new Published();

    /** Makes all of them visible. */
    void publish() {
        sent.publish();
        received.publish();
        unclaimed.publish();
        duplicates.publish();
        creditWaits.publish();
    }
}
