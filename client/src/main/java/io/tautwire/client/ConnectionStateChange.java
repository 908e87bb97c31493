package io.tautwire.client;

import io.tautwire.codec.sbe.Code;
import java.time.Duration;

/**
 * A change of a client's {@link ConnectionState}.
 *
 * @param state       what it is from now on.
 * @param code        with DISCONNECTED and GAVE_UP why; OK when this client asked for it, and with the other states.
 * @param reason      text to the code; may be empty.
 * @param nextAttempt with DISCONNECTED: how long it will be to the next attempt; null when none comes by itself.
 */
public record ConnectionStateChange(ConnectionState state, Code code, String reason, Duration nextAttempt) {}
