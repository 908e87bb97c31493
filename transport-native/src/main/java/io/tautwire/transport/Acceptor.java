package io.tautwire.transport;

import io.tautwire.TautwireException;
import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;

/** Gives each connection that a {@link Listener} accepts its handler. Called on the loop's thread. */
@FunctionalInterface
public interface Acceptor {
    /**
     * A peer has connected. An exception closes the connection and is logged.
     *
     * @param wire     to the peer; may be used at once, also to close.
     * @param listener that accepted it.
     * @return what is stepped by the connection from now on.
     */
    WireHandler onAccepted(Wire wire, Listener listener);

    /**
     * A peer has connected and was refused before it had a wire: its TLS handshake failed, or too many others were
     * under way. Nobody is told unless this does it.
     *
     * @param failure  the peer and the reason, in words.
     * @param listener that it connected to.
     */
    default void onRefused(TautwireException failure, Listener listener) {}
}
