package io.tautwire.system.e2e;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.server.Server;
import io.tautwire.server.ServerBuilder;
import io.tautwire.server.ServerCounters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A server on a free port or a socket file of its own. */
public final class TestServer implements AutoCloseable {
    private final Carrier carrier;
    private final Path directory;
    private final Server server;

    private TestServer(Carrier carrier, String path, UnaryOperator<ServerBuilder> decide) {
        this.carrier = carrier;
        this.directory = carrier.scheme().equals("unix") ? temporaryDirectory() : null;
        this.server = decide.apply(Server.builder().listen(listenUri(path))).start();
    }

    /** With all defaults. */
    public static TestServer start(Carrier carrier) {
        return new TestServer(carrier, "", builder -> builder);
    }

    /** Over TCP, with what differs from the defaults. */
    public static TestServer start(UnaryOperator<ServerBuilder> decide) {
        return new TestServer(Carrier.USUAL, "", decide);
    }

    /** With what differs from the defaults. */
    public static TestServer start(Carrier carrier, UnaryOperator<ServerBuilder> decide) {
        return new TestServer(carrier, "", decide);
    }

    /** Over TCP, with message types: {@code json,fix}. */
    public static TestServer ofTypes(String messageTypes) {
        return new TestServer(Carrier.USUAL, "/tautwire/" + messageTypes, builder -> builder);
    }

    /** The server itself. */
    public Server server() {
        return server;
    }

    /** What it counts. */
    public ServerCounters counters() {
        return server.counters();
    }

    /** The port of a TCP listener. */
    public int port() {
        return server.listeners().get(0).port();
    }

    /** What an anonymous client connects to. */
    public String uri() {
        return uri("");
    }

    /** What a user connects to: {@code alice} or {@code alice:secret}. */
    public String uri(String user) {
        final String at = user.isEmpty() ? "" : user + '@';
        return directory == null
                ? "tcp://" + at + "127.0.0.1:" + port() + "?io=" + carrier.io()
                : "unix://" + at + "localhost?path=" + socketFile() + "&io=" + carrier.io();
    }

    /** A client that is logged on, anonymously. */
    public Client client(String name) {
        return client(new ClientConfig(name));
    }

    /** A client that is logged on, anonymously. */
    public Client client(ClientConfig config) {
        final Client client = new Client(config);
        try {
            client.connect(uri()).logon();
            return client;
        } catch (Throwable t) {
            client.close();
            throw t;
        }
    }

    /** Closes the server; its socket file must be gone then. */
    @Override
    public void close() {
        server.close();
        if (directory != null) {
            assertFalse(Files.exists(socketFile()), "the socket file is left");
            try {
                Files.deleteIfExists(directory);
            } catch (IOException e) {
                fail("something is left in " + directory, e);
            }
        }
    }

    private String listenUri(String path) {
        return directory == null
                ? "tcp://127.0.0.1:0" + path + "?io=" + carrier.io()
                : "unix://" + path + "/?path=" + socketFile() + "&io=" + carrier.io();
    }

    private Path socketFile() {
        return directory.resolve("tautwire.sock");
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("tautwire");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
