package io.tautwire.cli;

import io.tautwire.cli.terminal.Terminal;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.server.Server;
import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.ServerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a server until it is told to stop. */
@Command(
        name = "serve",
        header = "Run a server.",
        description =
                "Runs until Ctrl-C or SIGTERM. Prints 'listening on URI' for each listener when ready; with --data "
                        + "first what it recovered. Exits with 1 if the directory could not be written to the end.")
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

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep messages, and who published what, in this directory, made if need be. Without it they "
                    + "are in memory and end with the server.")
    private Path data;

    @Option(
            names = "--durability",
            paramLabel = "LEVEL",
            description = "What an acknowledgement promises: received (in memory), written (survives the death of the "
                    + "server's process) or synced (survives a power cut). With --data synced unless given; "
                    + "without it received.")
    private String durability;

    @Option(
            names = "--retain-bytes",
            paramLabel = "N",
            description = "With --data: keep at least so many bytes of the newest messages; by default all.")
    private Long retainBytes;

    @Option(
            names = "--retain-age",
            paramLabel = "AGE",
            description =
                    "With --data: keep messages for at least so long, for example 24h or 7d; by default for ever.",
            converter = AgeConverter.class)
    private Duration retainAge;

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
        concludeData(builder);
        final Server server = builder.start();
        try (server) {
            server.recovery().ifPresent(recovery -> terminal.line("recovered " + recovery));
            server.listeners().forEach(listener -> terminal.line("listening on " + listener.uri()));
            terminal.stop().asFuture().join();
        }
        if (server.failure().isPresent()) {
            throw new FailedException(server.failure().get().getMessage());
        }
        return 0;
    }

    private void concludeData(ServerBuilder builder) {
        final AckLevel level = level();
        if (data == null && (retainBytes != null || retainAge != null)) {
            throw new UsageException("--retain-bytes and --retain-age are of no use without --data; give it too");
        }
        if (data == null && level != null && level != AckLevel.RECEIVED) {
            throw new UsageException("--durability " + durability + " needs --data; give a directory too");
        }
        if (retainBytes != null) {
            Checks.positive("--retain-bytes", retainBytes);
        }
        if (data != null) {
            builder.dataDirectory(data);
        }
        if (level != null) {
            builder.durability(level);
        }
        if (retainBytes != null) {
            builder.retentionBytes(retainBytes);
        }
        if (retainAge != null) {
            builder.retentionAge(retainAge);
        }
    }

    private AckLevel level() {
        if (durability == null) {
            return null;
        }
        switch (durability) {
            case "received":
                return AckLevel.RECEIVED;
            case "written":
                return AckLevel.WRITTEN;
            case "synced":
                return AckLevel.SYNCED;
            default:
                throw new UsageException("--durability " + durability + " is none; give received, written or synced");
        }
    }

    private List<String> listeners() {
        if (listeners != null) {
            return listeners;
        }
        final String substitute = terminal.environment().getOrDefault(Words.VARIABLE, "");
        return List.of(substitute.isBlank() ? DEFAULT_LISTENER : substitute);
    }
}
