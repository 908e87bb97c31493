package io.tautwire.cli.subscribe;

import io.tautwire.client.Message;

/** Writes messages to an output, without flushing it. One thread at a time. */
@FunctionalInterface
public interface MessagePrinter {
    /** Writes one message, with its line end. */
    void print(Message message);
}
