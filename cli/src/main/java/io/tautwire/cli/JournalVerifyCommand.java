package io.tautwire.cli;

import io.tautwire.cli.terminal.Terminal;
import io.tautwire.journal.file.JournalFiles;
import io.tautwire.journal.file.JournalKind;
import io.tautwire.journal.recovery.FrameVisitor;
import io.tautwire.journal.recovery.Recovered;
import io.tautwire.server.PublisherSnapshots;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads all of a journal, as opening it would. */
@Command(
        name = "verify",
        header = "Read a journal, and say whether it is whole.",
        description = {
            "Verifies every frame that is needed, the files around them and a server's snapshots, and prints one line "
                    + "of counts. A fault is told on standard error with file, position and what is wrong, and exits "
                    + "with 1.",
            "What dying or a power cut may leave, and the next open sets right, is told in a line each and exits with "
                    + "0: above all a torn tail, which the open cuts."
        })
final class JournalVerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private HelpOption help;

    @Parameters(paramLabel = "DIR", description = "The journal's directory.")
    private Path directory;

    JournalVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (JournalFiles files = JournalFiles.at(directory).lock(false)) {
            final PublisherSnapshots snapshots = files.identity().kind() == JournalKind.SERVER
                    ? new PublisherSnapshots(directory, files.identity().journalId(), Long.MAX_VALUE)
                    : null;
            final Recovered recovered = files.verify(snapshots == null ? FrameVisitor.NONE : snapshots.visitor());
            if (snapshots != null) {
                check(snapshots, recovered);
            }
            terminal.line("whole: kind="
                    + files.identity().kind().name().toLowerCase(Locale.ROOT) + " head=" + recovered.head() + " tail="
                    + recovered.tail() + " frames=" + recovered.frames() + " segments=" + files.segments().length
                    + " epoch=" + files.epochs().current());
            files.remarks(recovered).forEach(terminal::line);
        }
        return 0;
    }

    private static void check(PublisherSnapshots snapshots, Recovered recovered) {
        if (!snapshots.faults().isEmpty()) {
            throw new FailedException(
                    String.join("; ", snapshots.faults()) + "; a server leaves it out where it can do without");
        }
        snapshots.check(recovered);
    }
}
