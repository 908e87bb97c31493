package io.tautwire.client.internal;

/** What becomes of the commands of a store when things end. */
public enum StoreKeeping {
    /** They go with the process. */
    MEMORY,
    /** They are there when the process is not. */
    WRITTEN,
    /** They are on disk before anybody is told of their sequence, or sent them. */
    SYNCED
}
