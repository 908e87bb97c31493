package io.tautwire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tautwire.cli.terminal.Stop;
import io.tautwire.cli.terminal.Terminal;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * Entry of the {@code tautwire} command. Exit codes: 0 done, 1 failed, 2 wrong usage. A command that is ended by Ctrl-C
 * or SIGTERM exits with 0 where it would have gone on for ever ({@code serve}, {@code subscribe}), and with 1 where it
 * had not done what it was asked to.
 */
public final class Main {
    private static final int USAGE_WIDTH = 110;

    private Main() {}

    /** Runs the command line and ends the process. */
    public static void main(String[] args) {
        final Stop stop = new Stop();
        stop.onSignals();
        stop.exit(run(Terminal.ofProcess(stop), args));
    }

    /**
     * Runs a command line within this process.
     *
     * @param terminal what the command reads, writes and is stopped by.
     * @param args     the words after {@code tautwire}.
     * @return the exit code.
     */
    public static int run(Terminal terminal, String... args) {
        final Failures failures = new Failures(terminal);
        final CommandLine commands = new CommandLine(new TautwireCommand())
                .addSubcommand(new ServeCommand(terminal))
                .addSubcommand(new PublishCommand(terminal))
                .addSubcommand(new SubscribeCommand(terminal))
                .addSubcommand(new PingCommand(terminal))
                .addSubcommand(new UserCommand(terminal))
                .addSubcommand(new CommandLine(new JournalCommand())
                        .addSubcommand(new JournalVerifyCommand(terminal))
                        .addSubcommand(new JournalDescribeCommand(terminal))
                        .addSubcommand(new JournalDumpCommand(terminal))
                        .addSubcommand(new JournalTruncateCommand(terminal)))
                .addSubcommand(new DemoCommand(terminal))
                .setOut(new PrintWriter(terminal.out(), true, UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, UTF_8))
                .setUsageHelpWidth(USAGE_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
        try {
            return commands.execute(args);
        } catch (final Error e) {
            return failures.handleError(e);
        } finally {
            terminal.out().flush();
        }
    }
}
