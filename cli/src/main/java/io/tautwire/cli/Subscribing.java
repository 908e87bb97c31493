package io.tautwire.cli;

import io.tautwire.client.BookmarkStore;
import io.tautwire.client.StartPoint;
import io.tautwire.client.SubscribeOptions;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.NotFound;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a subscription begins, and what it remembers. */
final class Subscribing {
    @Option(
            names = "--from",
            paramLabel = "WHERE",
            description = "Begin with what comes from now on, with the oldest message there is (start), after a "
                    + "message (its bookmark, as --json prints it), at a time (such as 2026-11-21T23:57:07Z), or where "
                    + "the last run with the same bookmark store ended (last). Default: last with a bookmark store, "
                    + "else now.")
    private String from;

    @Option(
            names = "--bookmark-store",
            paramLabel = "DIR",
            description = "Remember in this directory what was printed: a run that is killed goes on there, with what "
                    + "was not passed on to the reader of the output. By the name, or without --name the pattern. "
                    + "May start before the server.")
    private Path bookmarkStore;

    @Option(
            names = "--on",
            paramLabel = "LEVEL",
            converter = WordConverter.Level.class,
            defaultValue = "received",
            description = "Print messages once they are received, written or synced: what they then survive. Default: "
                    + "${DEFAULT-VALUE}.")
    private AckLevel on;

    @Option(
            names = "--bookmark-not-found",
            paramLabel = "WHAT",
            converter = WordConverter.Instead.class,
            defaultValue = "fail",
            description = "What to do when the server no longer has the place to begin at: fail, or begin at the "
                    + "start, or now. Default: ${DEFAULT-VALUE}.")
    private NotFound bookmarkNotFound;

    /** Whether messages are remembered. */
    boolean isKept() {
        return bookmarkStore != null;
    }

    /** Opens the store; null if none is asked for. */
    BookmarkStore openStore() {
        return isKept() ? BookmarkStore.file(bookmarkStore) : null;
    }

    /**
     * What to subscribe with; checks all of it.
     *
     * @param name what a bookmark store knows the subscription by.
     */
    SubscribeOptions options(String name) {
        final StartPoint point = from == null ? defaultPoint() : StartPoint.parse(from);
        if (point.equals(StartPoint.last()) && !isKept()) {
            throw new UsageException("--from=last needs a place that remembers; give --bookmark-store DIR");
        }
        final SubscribeOptions options = isKept() && point.equals(StartPoint.last())
                ? SubscribeOptions.resuming(name)
                : SubscribeOptions.from(point).name(isKept() ? name : null);
        return options.on(on).bookmarkNotFound(bookmarkNotFound);
    }

    private StartPoint defaultPoint() {
        return isKept() ? StartPoint.last() : StartPoint.now();
    }
}
