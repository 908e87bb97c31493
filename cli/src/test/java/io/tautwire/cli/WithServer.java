package io.tautwire.cli;

import io.tautwire.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests against a server of their own, on a free port. */
abstract class WithServer {
    private Server server;

    @BeforeEach
    final void startServer() {
        server = Server.builder().listen("tcp://127.0.0.1:0").start();
    }

    @AfterEach
    final void stopServer() {
        server.close();
    }

    final String uri() {
        return server.listeners().get(0).uri().toString();
    }

    /** The connection string with an option. */
    final String uri(String option) {
        return uri() + (uri().contains("?") ? "&" : "?") + option;
    }

    final Server server() {
        return server;
    }
}
