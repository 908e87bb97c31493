package io.tautwire.cli.demo;

import io.tautwire.server.Server;
import io.tautwire.transport.connection.ConnectionOption;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.Scheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server for one demonstration, on a free port or on a socket file that it removes. */
public final class DemoServer implements AutoCloseable {
    private static final String SOCKET = "demo.sock";

    /** Holds the socket file; null without one. */
    private final Path directory;

    private final Server server;

    /**
     * Starts one.
     *
     * @param scheme what carries the bytes.
     * @throws io.tautwire.TautwireException if it cannot listen.
     */
    public DemoServer(Scheme scheme) {
        directory = scheme == Scheme.UNIX ? createDirectory() : null;
        final ConnectionString listener = directory == null
                ? ConnectionString.builder(scheme).host("127.0.0.1", 0).buildListener()
                : ConnectionString.builder(scheme)
                        .option(ConnectionOption.PATH, directory.resolve(SOCKET).toString())
                        .buildListener();
        try {
            server = Server.builder().listen(listener.toString()).start();
        } catch (final RuntimeException e) {
            removeDirectory();
            throw e;
        }
    }

    /** Where it listens. */
    public ConnectionString uri() {
        return server.listeners().get(0).uri();
    }

    @Override
    public void close() {
        server.close();
        removeDirectory();
    }

    private static Path createDirectory() {
        try {
            return Files.createTempDirectory("tautwire-demo");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void removeDirectory() {
        if (directory != null) {
            try {
                Files.deleteIfExists(directory.resolve(SOCKET));
                Files.delete(directory);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
