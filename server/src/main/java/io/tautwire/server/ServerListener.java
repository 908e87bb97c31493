package io.tautwire.server;

import io.tautwire.transport.Listener;
import io.tautwire.transport.connection.ConnectionOption;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.ConnectionStringBuilder;
import java.util.EnumSet;
import java.util.Set;

/** One address that a server listens at. Any thread. */
public final class ServerListener {
    /** A client that took these over would show the server's certificate as its own. */
    private static final Set<ConnectionOption> OF_THE_SERVER = EnumSet.of(
            ConnectionOption.TLS_CERT,
            ConnectionOption.TLS_KEY,
            ConnectionOption.TLS_CA,
            ConnectionOption.TLS_CLIENT_AUTH);

    private final Listener listener;
    private final ConnectionString uri;

    ServerListener(Listener listener) {
        this.listener = listener;
        this.uri = forClients(listener.uri());
    }

    private static ConnectionString forClients(ConnectionString at) {
        final ConnectionStringBuilder uri = ConnectionString.builder(at.scheme());
        at.hosts().forEach(host -> uri.host(host.host(), host.port()));
        if (at.messageTypes().size() == 1) {
            uri.messageType(at.messageType());
        }
        for (final ConnectionOption option : ConnectionOption.values()) {
            if (at.isGiven(option) && !OF_THE_SERVER.contains(option)) {
                uri.option(option, at.option(option));
            }
        }
        return uri.build();
    }

    /**
     * What a client connects to: the string listened at, with the real port where it was 0, and without what is the
     * server's alone: its certificate, whom it trusts, and a choice of message types.
     */
    public ConnectionString uri() {
        return uri;
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
        return uri.toString();
    }

    void close() {
        listener.close();
    }
}
