package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.time.Duration;

/**
 * How a {@link MessageStream} behaves.
 *
 * @param windowBytes most bytes of messages that wait in the stream, one message more at the end; 4 KiB to 512 MiB.
 * @param timeout     how long {@link MessageStream#next()} waits for a message; zero waits without a bound.
 */
public record StreamConfig(int windowBytes, Duration timeout) {
    /** The window unless configured, 1 MiB. */
    public static final int DEFAULT_WINDOW_BYTES = 1024 * 1024;

    static final int MIN_WINDOW_BYTES = 4 * 1024;
    static final int MAX_WINDOW_BYTES = 512 * 1024 * 1024;

    /**
     * Checks what is given.
     *
     * @throws TautwireException CONFIGURATION_INVALID.
     */
    public StreamConfig {
        if (windowBytes < MIN_WINDOW_BYTES || windowBytes > MAX_WINDOW_BYTES) {
            throw new TautwireException(
                    Code.CONFIGURATION_INVALID,
                    "windowBytes=" + windowBytes + " is not from " + MIN_WINDOW_BYTES + " to " + MAX_WINDOW_BYTES);
        }
        if (timeout.isNegative()) {
            throw new TautwireException(
                    Code.CONFIGURATION_INVALID, "timeout=" + timeout + " is negative; zero waits without a bound");
        }
    }

    /** 1 MiB, and no bound on waiting. */
    public static StreamConfig defaults() {
        return new StreamConfig(DEFAULT_WINDOW_BYTES, Duration.ZERO);
    }

    /** The same with another window. */
    public StreamConfig withWindowBytes(int bytes) {
        return new StreamConfig(bytes, timeout);
    }

    /** The same with another bound on waiting; zero for none. */
    public StreamConfig withTimeout(Duration bound) {
        return new StreamConfig(windowBytes, bound);
    }
}
