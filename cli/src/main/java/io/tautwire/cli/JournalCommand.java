package io.tautwire.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands on a journal's directory hang from. */
@Command(
        name = "journal",
        header = "Look at a journal's directory, and cut it.",
        description = "The directory of a server (serve --data), of a publish store or of a bookmark store, which "
                + "nobody may have open; only describe does not mind. Nothing but truncate writes.")
final class JournalCommand implements Runnable {
    @Mixin
    private HelpOption help;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "no command; give one of " + spec.subcommands().keySet());
    }
}
