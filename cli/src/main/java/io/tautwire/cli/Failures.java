package io.tautwire.cli;

import io.tautwire.TautwireException;
import io.tautwire.cli.terminal.Terminal;
import io.tautwire.codec.sbe.Code;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever goes wrong into one line on standard error and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    /** Faults of what the user wrote, wherever they are found out. */
    private static final Set<Code> USAGE =
            EnumSet.of(Code.CONFIGURATION_INVALID, Code.NAME_INVALID, Code.TOPIC_INVALID, Code.PATTERN_INVALID);

    private final Terminal terminal;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        final Object command = failure.getCommandLine().getCommand();
        return usage(
                failure.getCommandLine(),
                command instanceof UserCommand ? UserCommand.WORDS_ARE_SECRET : failure.getMessage());
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof UsageException) {
            return usage(command, failure.getMessage());
        }
        terminal.error(name(command) + ": " + describe(failure));
        final boolean isUsage = failure instanceof TautwireException tautwire && USAGE.contains(tautwire.code());
        return isUsage ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    /** What not even the command line library could handle: no memory, a class that is not there. */
    int handleError(Error failure) {
        terminal.error("tautwire: " + describe(failure));
        return CommandLine.ExitCode.SOFTWARE;
    }

    private int usage(CommandLine command, String message) {
        final String name = name(command);
        terminal.error(name + ": " + message + " (see " + name + " --help)");
        return CommandLine.ExitCode.USAGE;
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    /** Anything but an exception of our own is a fault in the program; its place says more than its message. */
    private static String describe(Throwable failure) {
        if (failure instanceof TautwireException || failure instanceof FailedException) {
            return failure.getMessage();
        }
        final StackTraceElement[] trace = failure.getStackTrace();
        return Code.INTERNAL + ": " + failure + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
