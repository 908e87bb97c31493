package io.tautwire.cli;

import io.tautwire.TautwireException;
import io.tautwire.cli.publish.PublishRun;
import io.tautwire.cli.publish.Tally;
import io.tautwire.cli.session.Session;
import io.tautwire.cli.terminal.Json;
import io.tautwire.cli.terminal.LineReader;
import io.tautwire.cli.terminal.Progress;
import io.tautwire.cli.terminal.Terminal;
import io.tautwire.codec.topic.Topics;
import io.tautwire.transport.connection.ConnectionString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes a message for each line of a file or of standard input. */
@Command(
        name = "publish",
        header = "Publish a message per line.",
        description = "Waits until every message is acknowledged, and exits with 1 unless all are.")
final class PublishCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";
    private static final long MAX_RATE = 1_000_000_000;

    private final Terminal terminal;

    @Mixin
    private HelpOption help;

    @Mixin
    private Connecting connecting;

    @Parameters(
            paramLabel = "[URI] TOPIC [FILE|-]",
            hideParamSyntax = true,
            arity = "0..*",
            description = {
                "URI: the server's connection string; TAUTWIRE_URI stands for a missing one.",
                "TOPIC: what to publish on.",
                "FILE: the lines; - or nothing for standard input. A line ends with LF or CR LF."
            })
    private List<String> words;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Publish N messages a second, evenly. Without it, or with 0: as fast as they are taken.")
    private long rate;

    @Option(
            names = "--flush-timeout",
            defaultValue = "30s",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "How long to wait for acknowledgements after the last line. Default: ${DEFAULT-VALUE}.")
    private Duration flushTimeout;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = {
                "Keep messages in files of this directory until they are acknowledged: published before the server is"
                        + " there, sent when it comes, and by the next run what is left. As store=DIR in the URI, which"
                        + " may say store_sync=true, too.",
                "Without --name the client name is COMMAND-USER@HOST then, for the store is one name's."
            })
    private Path store;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    PublishCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Words given = Words.of(words, terminal, List.of("TOPIC", "FILE"), 1);
        final ConnectionString connection = Connecting.parse(given.uri(), store);
        final String topic = given.rest().get(0);
        Topics.check(topic);
        Checks.between("--rate", rate, 0, MAX_RATE);
        try (InputStream in = open(given.rest().size() > 1 ? given.rest().get(1) : STANDARD_INPUT);
                Session session = connecting.logOn(connection, "publish", null, terminal)) {
            return publish(session, new LineReader(in, connection.maxFrame()), topic, connection.storeDirectory());
        }
    }

    private InputStream open(String file) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return terminal.in();
        }
        final Path path = Path.of(file);
        if (Files.isDirectory(path) || !Files.isReadable(path)) {
            throw new UsageException("file=" + file + " is missing or cannot be read");
        }
        return Files.newInputStream(path);
    }

    private int publish(Session session, LineReader lines, String topic, String kept) throws InterruptedException {
        final Tally tally = new Tally();
        final PublishRun run = new PublishRun(session, tally, terminal.stop());
        TautwireException failure = null;
        final long startNs = System.nanoTime();
        try (Progress progress = new Progress(terminal)) {
            run.run(lines, topic, rate, flushTimeout, () -> show(progress, tally, startNs));
        } catch (final TautwireException e) {
            failure = e;
        }
        final long elapsedNs = System.nanoTime() - startNs;
        session.close(); // what is told below is final
        report(tally, elapsedNs, session.ackLevel());
        final String faults = tally.faults() + leftInStore(session, kept);
        if (failure != null) {
            throw new TautwireException(failure.code(), failure.detail() + "; " + faults, failure);
        }
        if (!tally.isFlawless()) {
            throw new FailedException(faults);
        }
        return 0;
    }

    private static String leftInStore(Session session, String kept) {
        final long left = session.client().outstanding();
        return kept == null || left == 0
                ? ""
                : "; outstanding=" + left + " stay in store=" + kept + ", and the next publish with it sends them";
    }

    private void report(Tally tally, long elapsedNs, String ackLevel) {
        if (json) {
            Json.only(terminal, fields -> tally.writeTo(fields, elapsedNs, ackLevel));
        } else {
            terminal.line("published %,d, acknowledged %,d (%s), failed %,d, in %.3f s%s"
                    .formatted(
                            tally.published(),
                            tally.acknowledged(),
                            ackLevel,
                            tally.failed(),
                            Json.seconds(elapsedNs),
                            tally.earlier() == 0 ? "" : "; %,d of earlier runs settled".formatted(tally.earlier())));
        }
    }

    private static void show(Progress progress, Tally tally, long startNs) {
        if (progress.isDue()) {
            progress.show("%s  acknowledged %,d, outstanding %,d"
                    .formatted(
                            Progress.rate(tally.acknowledged(), System.nanoTime() - startNs),
                            tally.acknowledged(),
                            tally.outstanding()));
        }
    }
}
