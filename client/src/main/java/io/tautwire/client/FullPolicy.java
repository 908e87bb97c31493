package io.tautwire.client;

/** What {@code publish} does while the publish store is full or another thread holds a claim. */
public enum FullPolicy {
    /** Waits, at most {@link ClientConfig#publishTimeout}, then fails. */
    WAIT,
    /** Fails at once. */
    FAIL
}
