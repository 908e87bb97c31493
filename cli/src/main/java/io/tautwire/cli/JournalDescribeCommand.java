package io.tautwire.cli;

import io.tautwire.TautwireException;
import io.tautwire.cli.terminal.Terminal;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Epochs;
import io.tautwire.journal.file.JournalFiles;
import io.tautwire.journal.file.JournalIdentity;
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

/** Says what a journal is. */
@Command(
        name = "describe",
        header = "Say what a journal is, and how it was left.",
        description = "Prints what can be told, a line each; of what is damaged, what is wrong with it. A journal that "
                + "somebody has open is described too, but its frames are not read then.")
final class JournalDescribeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private HelpOption help;

    @Parameters(paramLabel = "DIR", description = "The journal's directory.")
    private Path directory;

    JournalDescribeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (JournalFiles files = JournalFiles.at(directory)) {
            final String holder = lock(files);
            line("open", holder.isEmpty() ? "by nobody" : holder);
            tell("identity", () -> identity(files.identity()));
            tell("epochs", () -> epochs(files.epochs()));
            tell("mark", () -> mark(files));
            tell("segments", () -> segments(files.segments()));
            tell("snapshots", () -> snapshots(files.identity()));
            if (holder.isEmpty()) {
                tell("frames", () -> frames(files));
            }
        }
        return 0;
    }

    /** Who has it open, in words; else nobody gets it now. */
    private static String lock(JournalFiles files) {
        try {
            files.lock(false);
            return "";
        } catch (TautwireException e) {
            if (e.code() != Code.JOURNAL_IN_USE) {
                throw e;
            }
            return e.getMessage();
        }
    }

    private void tell(String what, Runnable part) {
        try {
            part.run();
        } catch (TautwireException e) {
            line(what, e.getMessage());
        }
    }

    private void identity(JournalIdentity identity) {
        line("kind", identity.kind().name().toLowerCase(Locale.ROOT));
        line("journalId", Long.toHexString(identity.journalId()));
        line("segmentLength", Integer.toString(identity.segmentLength()));
        if (identity.kind() == JournalKind.STORE) {
            line("clientName", identity.clientName());
            line("incarnation", Long.toHexString(identity.incarnation()));
        }
    }

    private void epochs(Epochs epochs) {
        for (int i = 0; i < epochs.count(); i++) {
            line("epoch", epochs.epoch(i) + " from position=" + epochs.start(i));
        }
    }

    private void mark(JournalFiles files) {
        line("head", Long.toString(files.head()));
        line("synced", Long.toString(files.synced()));
        line("closed", files.isClean() ? "in order" : "not in order, or still open");
        line("machine", files.isSameBoot() ? "not restarted since" : "restarted since, or does not tell");
    }

    private void segments(long[] segments) {
        final String range = segments.length == 0
                ? ""
                : " from position=" + segments[0] + " to position=" + segments[segments.length - 1];
        line("segments", segments.length + range);
    }

    private void snapshots(JournalIdentity identity) {
        if (identity.kind() == JournalKind.SERVER) {
            final PublisherSnapshots snapshots =
                    new PublisherSnapshots(directory, identity.journalId(), Long.MAX_VALUE);
            snapshots.names().forEach(name -> line("snapshot", name));
            snapshots.faults().forEach(fault -> line("snapshot", fault));
        }
    }

    private void frames(JournalFiles files) {
        final Recovered recovered = files.scan(FrameVisitor.NONE);
        line("tail", Long.toString(recovered.tail()));
        line("frames", Long.toString(recovered.frames()));
        files.remarks(recovered).forEach(remark -> line("remark", remark));
    }

    private void line(String name, String value) {
        terminal.line("%-14s%s".formatted(name, value));
    }
}
