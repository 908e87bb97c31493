package io.tautwire.system.e2e;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.server.Server;
import io.tautwire.server.ServerBuilder;
import io.tautwire.server.ServerCounters;
import io.tautwire.transport.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A server on a free port or a socket file of its own; over TLS with an authority of its own. */
public final class TestServer implements AutoCloseable {
    private final Carrier carrier;
    private final Path directory;
    private final TestAuthority authority;
    private final Server server;

    private TestServer(Carrier carrier, String path, UnaryOperator<ServerBuilder> decide) {
        this.carrier = carrier;
        this.directory = carrier.scheme().equals("tcp") ? null : temporaryDirectory();
        this.authority = carrier.isSecure() ? authority(directory) : null;
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

    /** What an anonymous client connects to whose session shall not come back by itself. */
    public String uriOfOneSession() {
        return uri() + "&reconnect=false";
    }

    /** What a user connects to: {@code alice} or {@code alice:secret}. */
    public String uri(String user) {
        return carrier.scheme().equals("unix")
                ? "unix://" + at(user) + "localhost?path=" + socketFile() + "&io=" + carrier.io()
                : uriAtPort(user, port());
    }

    /** What a user connects to through another port of this machine, a proxy's. */
    public String uriAtPort(String user, int port) {
        return carrier.scheme() + "://" + at(user) + "127.0.0.1:" + port + "?io=" + carrier.io()
                + (carrier.isSecure() ? "&tls_ca=" + authority.file() + "&tls_provider=" + carrier.tlsProvider() : "");
    }

    private static String at(String user) {
        return user.isEmpty() ? "" : user + '@';
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
            try (Stream<Path> files = Files.list(directory)) {
                for (final Path file : carrier.isSecure() ? files.toList() : List.<Path>of()) {
                    Files.delete(file);
                }
                Files.deleteIfExists(directory);
            } catch (IOException e) {
                fail("something is left in " + directory, e);
            }
        }
    }

    private String listenUri(String path) {
        return carrier.scheme().equals("unix")
                ? "unix://" + path + "/?path=" + socketFile() + "&io=" + carrier.io()
                : carrier.scheme() + "://127.0.0.1:0" + path + "?io=" + carrier.io() + certificate();
    }

    private String certificate() {
        try {
            return authority == null
                    ? ""
                    : "&tls_provider=" + carrier.tlsProvider() + "&"
                            + authority.server().options();
        } catch (Exception e) {
            throw new AssertionError("no certificate could be made", e);
        }
    }

    private static TestAuthority authority(Path directory) {
        try {
            return TestAuthority.in(directory, "authority");
        } catch (Exception e) {
            throw new AssertionError("no authority could be made", e);
        }
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
