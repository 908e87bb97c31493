package io.tautwire.cli;

import io.tautwire.cli.journal.FramePrinter;
import io.tautwire.cli.terminal.Terminal;
import io.tautwire.journal.file.JournalFiles;
import io.tautwire.journal.recovery.FrameVisitor;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a journal's frames. */
@Command(
        name = "dump",
        header = "Print a journal's frames, a line of JSON each.",
        description = "Begins at the head: what lies below it is not needed. Ends at the tail, or with a fault on "
                + "standard error and exit code 1 where the journal is damaged, after what is whole before.")
final class JournalDumpCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private HelpOption help;

    @Parameters(paramLabel = "DIR", description = "The journal's directory.")
    private Path directory;

    @Option(
            names = "--from",
            paramLabel = "POSITION",
            description = "Begin with the first frame at or behind this position, which may lie in the head's segment "
                    + "below the head.")
    private Long from;

    @Option(names = "--max", paramLabel = "N", description = "End after so many frames, and read no further.")
    private long max = Long.MAX_VALUE;

    JournalDumpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Checks.positive("--max", max);
        if (from != null) {
            Checks.between("--from", from, 0, Long.MAX_VALUE);
        }
        try (JournalFiles files = JournalFiles.at(directory).lock(false)) {
            files.scan(new Chosen(from == null ? files.head() : from));
        } catch (final Enough e) {
            return 0;
        } finally {
            terminal.out().flush();
        }
        return 0;
    }

    /** Passes on what is asked for. */
    private final class Chosen implements FrameVisitor {
        private final FramePrinter printer = new FramePrinter(terminal.out());
        private final long first;
        private long printed;

        Chosen(long first) {
            this.first = first;
        }

        @Override
        public void onFrame(long position, DirectBuffer buffer, int offset, int length, int templateId) {
            if (position < first) {
                return;
            }
            printer.onFrame(position, buffer, offset, length, templateId);
            printed++;
            if (printed == max || terminal.out().checkError()) {
                throw new Enough();
            }
        }
    }

    /** Ends a reading that would go on. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super(null, null, false, false);
        }
    }
}
