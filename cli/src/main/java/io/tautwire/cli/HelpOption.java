package io.tautwire.cli;

import picocli.CommandLine.Option;

/** What every command takes. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;
}
