package io.tautwire.server;

import io.tautwire.transport.Listener;
import io.tautwire.transport.connection.ConnectionString;

/** One address that a server listens at. Any thread. */
public final class ServerListener {
    private final Listener listener;

    ServerListener(Listener listener) {
        this.listener = listener;
    }

    /** What a client connects to: the string listened at, with the real port where it was 0. */
    public ConnectionString uri() {
        return listener.uri();
    }

    /** The real port; 0 for a Unix socket. */
    public int port() {
        return listener.port();
    }

    /** Whether only programs on this machine can connect: a loopback address or a Unix socket. */
    public boolean isLocal() {
        return listener.isLocal();
    }

    /** The string of {@link #uri()}. */
    @Override
    public String toString() {
        return listener.uri().toString();
    }

    void close() {
        listener.close();
    }
}
