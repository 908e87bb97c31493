package io.tautwire.transport;

/** A task that a {@link TransportLoop} runs again and again. */
@FunctionalInterface
public interface Timer {
    /** No run begins after this, when called on the loop's thread. From any thread; idempotent. */
    void cancel();
}
