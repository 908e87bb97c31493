package io.tautwire.cli;

import io.tautwire.cli.terminal.Terminal;
import io.tautwire.journal.file.JournalCut;
import io.tautwire.journal.file.JournalFiles;
import io.tautwire.journal.file.JournalKind;
import io.tautwire.journal.recovery.FrameVisitor;
import io.tautwire.server.PublisherSnapshots;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives up a journal's end. */
@Command(
        name = "truncate",
        header = "Give up all that lies behind a position of a journal.",
        description = {
            "For a journal that is damaged behind a position, and of which there is no copy. What lies behind is "
                    + "zeroed, segments and snapshots behind are deleted, and in a server's journal a new epoch "
                    + "begins. What lies before must be whole.",
            "Messages that were acknowledged are lost by it. A publish store that is cut does not know what its client "
                    + "has sent: if the server holds more, the client cannot log on with it any more."
        })
final class JournalTruncateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private HelpOption help;

    @Parameters(paramLabel = "DIR", description = "The journal's directory.")
    private Path directory;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "POSITION",
            description = "What becomes the tail: where a frame begins or ends, as 'dump' and the fault that 'verify' "
                    + "names say.")
    private long to;

    @Option(names = "--yes", description = "Do it. Without it the command says what it would do, and exits with 2.")
    private boolean isMeant;

    JournalTruncateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (JournalFiles files = JournalFiles.at(directory).lock(isMeant)) {
            final PublisherSnapshots snapshots = files.identity().kind() == JournalKind.SERVER
                    ? new PublisherSnapshots(directory, files.identity().journalId(), to)
                    : null;
            final JournalCut cut = files.cutAt(to, snapshots == null ? FrameVisitor.NONE : snapshots.visitor());
            if (snapshots != null) {
                snapshots.check(cut.kept());
            }
            final String what = describe(cut, snapshots);
            if (!isMeant) {
                terminal.line("would cut: " + what);
                throw new UsageException("nothing is done without --yes");
            }
            if (snapshots != null) {
                snapshots.deleteBehind(to);
            }
            cut.carryOut();
            terminal.line("cut: " + what);
        }
        return 0;
    }

    private String describe(JournalCut cut, PublisherSnapshots snapshots) {
        return "tail=" + cut.kept().tail() + " frames=" + cut.kept().frames() + " are kept, segments="
                + cut.segmentsBehind() + " snapshots=" + (snapshots == null ? 0 : snapshots.countBehind(to))
                + " behind are deleted"
                + (cut.newEpoch() < 0 ? "" : ", epoch=" + cut.newEpoch() + " begins");
    }
}
