package io.tautwire.cli;

import io.tautwire.cli.terminal.Terminal;
import io.tautwire.server.Server;
import io.tautwire.server.ServerBuilder;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a server until it is told to stop. */
@Command(
        name = "serve",
        header = "Run a server.",
        description = "Runs until Ctrl-C or SIGTERM. Prints 'listening on URI' for each listener when ready.")
final class ServeCommand implements Callable<Integer> {
    private static final String DEFAULT_LISTENER = "tcp://127.0.0.1:9007";

    private final Terminal terminal;

    @Mixin
    private HelpOption help;

    @Option(
            names = "--listen",
            arity = "1..*",
            paramLabel = "URI",
            description = "Where to listen; port 0 takes a free one. May be given several times. "
                    + "Without it: TAUTWIRE_URI, or else " + DEFAULT_LISTENER + ".")
    private List<String> listeners;

    @Option(
            names = "--anonymous",
            description = "Allow logons without a user on every listener, not only on loopback and Unix sockets.")
    private boolean anonymous;

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        final ServerBuilder builder = Server.builder().allowAnonymous(anonymous);
        listeners().forEach(builder::listen);
        try (Server server = builder.start()) {
            server.listeners().forEach(listener -> terminal.line("listening on " + listener.uri()));
            terminal.stop().asFuture().join();
        }
        return 0;
    }

    private List<String> listeners() {
        if (listeners != null) {
            return listeners;
        }
        final String substitute = terminal.environment().getOrDefault(Words.VARIABLE, "");
        return List.of(substitute.isBlank() ? DEFAULT_LISTENER : substitute);
    }
}
