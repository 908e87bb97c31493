package io.tautwire.server.internal.broker.counters;

/** What a broker counts. */
public enum Counter {
    /** Connections there are, logged on or not. */
    SESSIONS,
    /** Messages and skips that came in. */
    RECEIVED,
    /** Of them, those appended to the journal. */
    APPENDED,
    /** Of them, those refused. */
    REFUSED,
    /** Of them, those that had come before. */
    DUPLICATES,
    /** Of them, those that found no room in the journal, and are to come again. */
    STORAGE_FULL,
    /** Copies of messages handed to sessions. */
    DELIVERED,
    /** Times that a subscription fell behind because it had no credit. */
    CREDIT_WAITS,
    /** Times that a subscription fell behind because its session's output had no room. */
    OUTPUT_WAITS,
    /** Ranges that a subscription missed. */
    GAPS,
    /** Logons refused. */
    LOGONS_REFUSED
}
