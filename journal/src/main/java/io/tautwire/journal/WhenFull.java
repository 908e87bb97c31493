package io.tautwire.journal;

/** What a journal does when its last segment is taken. */
public enum WhenFull {
    /** Refuses to append until {@link Journal#releaseTo} gives room: nothing is lost that its owner still wants. */
    REFUSE,
    /** Drops its oldest segment: appending never waits for a reader, and a reader that stood there is told. */
    DROP_OLDEST
}
