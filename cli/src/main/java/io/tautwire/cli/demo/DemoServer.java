package io.tautwire.cli.demo;

import io.tautwire.cli.terminal.Stop;
import io.tautwire.server.Server;
import io.tautwire.transport.connection.ConnectionOption;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.ConnectionStringBuilder;
import io.tautwire.transport.connection.Scheme;
import io.tautwire.transport.connection.Side;
import java.util.function.Predicate;

/** A server for one demonstration, on a free port or on a socket file, with files of its own that it removes. */
public final class DemoServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String SOCKET = "demo.sock";

    private final Scheme scheme;

    /** What the user adds to the connection. */
    private final ConnectionString wishes;

    private final DemoDirectory directory = DemoDirectory.create();
    private final DemoAuthority authority;
    private final Server server;

    /**
     * Starts one.
     *
     * @param scheme  what carries the bytes.
     * @param options options of the connection as they stand in a connection string; empty for none.
     * @param stop    ends it before it is there.
     * @throws io.tautwire.TautwireException if the options are wrong, or it cannot listen, or there is no certificate.
     */
    public DemoServer(Scheme scheme, String options, Stop stop) throws InterruptedException {
        this.scheme = scheme;
        try {
            wishes = wishes(options);
            authority = scheme == Scheme.TCPS ? DemoAuthority.issue(directory, stop) : null;
            server = Server.builder().listen(listener().toString()).start();
        } catch (final RuntimeException | InterruptedException e) {
            directory.close();
            throw e;
        }
    }

    /** Reads the user's options, with what the scheme requires, so that every fault of theirs is named at once. */
    private ConnectionString wishes(String options) {
        final String required = scheme == Scheme.UNIX ? "path=" + SOCKET : "";
        final String both = required.isEmpty() || options.isEmpty() ? required + options : required + "&" + options;
        final ConnectionString read =
                ConnectionString.parse(scheme.word() + "://" + HOST + "/" + (both.isEmpty() ? "" : "?" + both));
        read.requireSupported();
        return read;
    }

    /** What the user adds, and what the scheme requires at either end. */
    private ConnectionStringBuilder wished(Predicate<ConnectionOption> applies) {
        final ConnectionStringBuilder at = ConnectionString.builder(scheme);
        for (final ConnectionOption option : ConnectionOption.values()) {
            if (wishes.isGiven(option) && applies.test(option)) {
                at.option(option, wishes.option(option));
            }
        }
        if (scheme == Scheme.UNIX) {
            at.option(ConnectionOption.PATH, directory.file(SOCKET).toString());
        }
        return at;
    }

    private ConnectionString listener() {
        final ConnectionStringBuilder at = wished(option -> option.side() == Side.BOTH);
        if (authority != null) {
            at.option(ConnectionOption.TLS_CERT, authority.certificate().toString());
            at.option(ConnectionOption.TLS_KEY, authority.key().toString());
        }
        return at.host(HOST, 0).buildListener();
    }

    /** How to connect to it. */
    public ConnectionString uri() {
        final ConnectionStringBuilder at = wished(option -> true);
        if (authority != null) {
            at.option(ConnectionOption.TLS_CA, authority.authority().toString());
        }
        if (scheme != Scheme.UNIX) {
            final int port = server.listeners().get(0).uri().hosts().get(0).port();
            at.host(HOST, port);
        }
        return at.build();
    }

    @Override
    public void close() {
        server.close();
        directory.close();
    }
}
