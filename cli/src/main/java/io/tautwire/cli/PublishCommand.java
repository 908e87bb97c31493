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
                        + " there, sent when it comes, and by the next run what is left.",
                "Without --name the client name is COMMAND-USER@HOST then, for the store is one name's."
            })
    private String store;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    PublishCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Words given = Words.of(words, terminal, List.of("TOPIC", "FILE"), 1);
        final ConnectionString connection = Connecting.parse(given.uri());
        final String topic = given.rest().get(0);
        Topics.check(topic);
        Checks.between("--rate", rate, 0, MAX_RATE);
        try (InputStream in = open(given.rest().size() > 1 ? given.rest().get(1) : STANDARD_INPUT);
                Session session = open(connection)) {
            return publish(session, new LineReader(in, connection.maxFrame()), topic);
        }
    }

    private Session open(ConnectionString connection) {
        if (store == null) {
            return connecting.logOn(connection, "publish", terminal);
        }
        if (connection.storeDirectory() != null) {
            throw new UsageException("--store and store= of the connection string are both given; give one");
        }
        return connecting.overStore(connection, "publish", store, terminal);
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

    private int publish(Session session, LineReader lines, String topic) throws InterruptedException {
        final Tally tally = new Tally();
        final PublishRun run = new PublishRun(session, tally, terminal.stop(), store != null);
        String failure = "";
        final long startNs = System.nanoTime();
        try (Progress progress = new Progress(terminal)) {
            run.run(lines, topic, rate, flushTimeout, () -> show(progress, tally, startNs));
        } catch (final TautwireException e) {
            failure = e.getMessage() + "; ";
        }
        report(tally, System.nanoTime() - startNs, session.ackLevel());
        if (!failure.isEmpty() || !tally.isFlawless()) {
            throw new FailedException(failure + tally.faults() + leftInStore(session));
        }
        return 0;
    }

    private String leftInStore(Session session) {
        final long left = session.client().outstanding();
        return store == null || left == 0
                ? ""
                : "; outstanding=" + left + " stay in store=" + store + ", and the next publish with it sends them";
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
