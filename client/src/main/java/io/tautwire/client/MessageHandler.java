package io.tautwire.client;

/** Receives the messages of a subscription. */
@FunctionalInterface
public interface MessageHandler {
    /**
     * One message. Runs on the receive thread: while it does, this client receives and acknowledges nothing else, so it
     * should be short, and calls that wait for the receive thread (such as {@link Client#publishFlush()}) fail at once.
     * A server takes a client for dead that says nothing for two of its heartbeat intervals, and nothing is said during
     * this call; what may take longer than one belongs on another thread, or in a {@link MessageStream}. An exception
     * goes to the {@link ErrorHandler}; the next message comes all the same.
     *
     * @param message valid, with all its buffers, during this call only.
     */
    void onMessage(Message message);
}
