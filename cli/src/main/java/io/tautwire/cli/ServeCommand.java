package io.tautwire.cli;

import io.tautwire.cli.terminal.Terminal;
import io.tautwire.server.Server;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.ServerBuilder;
import java.nio.file.Path;
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
            description = "Allow logons without a user on every listener, not only on loopback and Unix sockets; "
                    + "with --users, where they are refused otherwise, too.")
    private boolean anonymous;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "Verify users by this file, a line each as 'tautwire user' prints them; read once, at the "
                    + "start. Without it users are taken at their word.")
    private Path users;

    @Option(
            names = "--plain-passwords",
            description = "With --users: take passwords as they are over plain TCP too, where others can read them. "
                    + "Without it clients answer by SCRAM there.")
    private boolean plainPasswords;

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (plainPasswords && users == null) {
            throw new UsageException("--plain-passwords is of no use without --users; give a users file too");
        }
        final ServerBuilder builder = Server.builder().allowAnonymous(anonymous).plainPasswords(plainPasswords);
        if (users != null) {
            builder.authenticator(ServerAuthenticator.users(users));
        }
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
