package io.tautwire.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands hang from. */
@Command(
        name = "tautwire",
        description = "Low-latency, acknowledged publish/subscribe.",
        versionProvider = TautwireCommand.Version.class,
        footer = {
            "",
            "A URI is scheme://[user[:password]@]host[:port]/[protocol[/message-type]][?option=value&...]",
            "such as tcp://localhost:9007 or unix:///?path=/tmp/tautwire.sock. TAUTWIRE_URI stands for a missing one.",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage."
        })
final class TautwireCommand implements Runnable {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "no command; give one of " + spec.subcommands().keySet());
    }

    /** The version in the manifest of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            final String version = TautwireCommand.class.getPackage().getImplementationVersion();
            return new String[] {"tautwire " + (version == null ? "(not packaged)" : version)};
        }
    }
}
