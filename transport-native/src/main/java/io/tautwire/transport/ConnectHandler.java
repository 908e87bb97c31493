package io.tautwire.transport;

import io.tautwire.TautwireException;
import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;

/** Outcome of {@link TransportLoop#connect}: exactly one of the two is called, once, on the loop's thread. */
public interface ConnectHandler {
    /**
     * A host has answered. An exception closes the connection and is logged.
     *
     * @param wire to the peer; may be used at once, also to close.
     * @return what is stepped by the connection from now on.
     */
    WireHandler onConnected(Wire wire);

    /**
     * There is no connection.
     *
     * @param failure {@code CONNECT_FAILED}: no host answered; the message names each with its reason, the cause is the
     *                system's exception for the first, the others are suppressed in it. {@code TLS_FAILED}: the same,
     *                where the first host answered and TLS failed. {@code CLOSED}: the loop was closed meanwhile.
     */
    void onFailed(TautwireException failure);
}
