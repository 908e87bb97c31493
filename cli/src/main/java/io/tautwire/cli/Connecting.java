package io.tautwire.cli;

import io.tautwire.cli.session.Session;
import io.tautwire.cli.terminal.Terminal;
import io.tautwire.client.BookmarkStore;
import io.tautwire.client.ClientNames;
import io.tautwire.transport.connection.ConnectionString;
import picocli.CommandLine.Option;

/** What every command takes that logs on to a server. */
final class Connecting {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "Client name to log on with. Without it: name= of the connection string, or COMMAND-USER@HOST-PID.")
    private String name;

    @Option(
            names = "--no-reconnect",
            description =
                    "End with exit code 1 when the connection is lost, as reconnect=false in the URI. Without it: "
                            + "connect again, and go on.")
    private boolean noReconnect;

    /** Reads a connection string, and refuses what this version cannot do before anything is tried. */
    static ConnectionString parse(String uri) {
        final ConnectionString connection = ConnectionString.parse(uri);
        connection.requireSupported();
        return connection;
    }

    /** Logs on for a command. */
    Session logOn(ConnectionString connection, String command, Terminal terminal) {
        return logOn(connection, command, null, terminal);
    }

    /** Logs on for a command, with a place that subscriptions are remembered in, or null. */
    Session logOn(ConnectionString connection, String command, BookmarkStore store, Terminal terminal) {
        return new Session(
                target(connection),
                name(connection, ownName(command)),
                store,
                fault -> terminal.error("tautwire " + command + ": " + fault));
    }

    /** Opens a publish store for a command that logs on when it can; the same name each time, for it is the store's. */
    Session overStore(ConnectionString connection, String command, String directory, Terminal terminal) {
        return Session.overStore(
                target(connection),
                name(connection, ClientNames.recommended(command)),
                directory,
                fault -> terminal.error("tautwire " + command + ": " + fault));
    }

    private ConnectionString target(ConnectionString connection) {
        return noReconnect ? connection.withoutReconnecting() : connection;
    }

    /** The name given by option or connection string, or else another. */
    String name(ConnectionString connection, String otherwise) {
        if (name != null) {
            return name;
        }
        return connection.name() != null ? connection.name() : otherwise;
    }

    /** The recommended name, with the process in it: the same command twice at once would replace itself. */
    static String ownName(String command) {
        return ClientNames.recommended(command) + '-' + ProcessHandle.current().pid();
    }
}
