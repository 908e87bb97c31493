package io.tautwire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.cli.session.Session;
import io.tautwire.cli.terminal.Terminal;
import io.tautwire.client.BookmarkStore;
import io.tautwire.client.ClientNames;
import io.tautwire.transport.connection.ConnectionString;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What every command takes that logs on to a server. */
final class Connecting {
    private static final Pattern STORE_GIVEN = Pattern.compile("[?&]store=");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "Client name to log on with. Without it: name= of the connection string, or COMMAND-USER@HOST-PID.")
    private String name;

    @Option(
            names = "--no-reconnect",
            description =
                    "End with exit code 1 when there is no server or the connection is lost, as reconnect=false in the "
                            + "URI. Without it: connect again, and go on.")
    private boolean noReconnect;

    /** Reads a connection string, and refuses what this version cannot do before anything is tried. */
    static ConnectionString parse(String uri) {
        final ConnectionString connection = ConnectionString.parse(uri);
        connection.requireSupported();
        return connection;
    }

    /**
     * As {@link #parse(String)}, with a store that an option names. It becomes one of the string's options before that
     * is read, for others there may be about it.
     */
    static ConnectionString parse(String uri, Path store) {
        if (store == null) {
            return parse(uri);
        }
        if (STORE_GIVEN.matcher(uri).find()) {
            throw new UsageException("--store and store= of the connection string are both given; give one");
        }
        final String value = URLEncoder.encode(store.toAbsolutePath().toString(), UTF_8);
        return parse(uri + (uri.indexOf('?') < 0 ? '?' : '&') + "store=" + value.replace("+", "%20"));
    }

    /** Logs on for a command, and waits for it. */
    Session logOn(ConnectionString connection, String command, Terminal terminal) {
        return open(connection, command, null, terminal).logOn();
    }

    /**
     * Logs on for a command that keeps something in files if that is given: then as soon as there is a server, without
     * waiting for it.
     *
     * @param store that subscriptions are remembered in, or null.
     */
    Session logOn(ConnectionString connection, String command, BookmarkStore store, Terminal terminal) {
        final Session session = open(connection, command, store, terminal);
        return session.isKept() || store != null ? session.begin() : session.logOn();
    }

    /** A store in files is one name's, and the next run's, too. */
    private Session open(ConnectionString connection, String command, BookmarkStore store, Terminal terminal) {
        final boolean isKept = connection.storeDirectory() != null;
        return new Session(
                noReconnect ? connection.withoutReconnecting() : connection,
                name(connection, isKept ? ClientNames.recommended(command) : ownName(command)),
                store,
                fault -> terminal.error("tautwire " + command + ": " + fault));
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
