package io.tautwire.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tautwire.cli.ping.Driver;
import io.tautwire.cli.ping.Ping;
import io.tautwire.cli.session.Session;
import io.tautwire.cli.terminal.Json;
import io.tautwire.cli.terminal.Progress;
import io.tautwire.cli.terminal.Table;
import io.tautwire.cli.terminal.Terminal;
import io.tautwire.transport.connection.ConnectionString;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Times round trips, one message at a time. */
@Command(
        name = "ping",
        header = "Time round trips.",
        description =
                "One message at a time: publishes and waits for its acknowledgement, then publishes and waits for its "
                        + "own delivery.")
final class PingCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private HelpOption help;

    @Mixin
    private Connecting connecting;

    @Parameters(
            paramLabel = "[URI]",
            hideParamSyntax = true,
            arity = "0..*",
            description = "URI: the server's connection string; TAUTWIRE_URI stands for a missing one.")
    private List<String> words;

    @Option(
            names = "--count",
            defaultValue = "10000",
            paramLabel = "N",
            description = "Round trips of each kind. Default: ${DEFAULT-VALUE}.")
    private long count;

    @Option(
            names = "--warmup",
            defaultValue = "10000",
            paramLabel = "N",
            description = "Round trips of each kind before those that are timed. Default: ${DEFAULT-VALUE}.")
    private long warmup;

    @Option(
            names = "--size",
            defaultValue = "128",
            paramLabel = "BYTES",
            description = "Length of each body. Default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(
            names = "--driver",
            defaultValue = "receive",
            paramLabel = "receive|application",
            description = "Which thread publishes the next message: the receive thread, or one of the application. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Driver driver;

    @Option(names = "--json", description = "Print the result as one JSON object, times in nanoseconds.")
    private boolean json;

    PingCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        final ConnectionString connection =
                Connecting.parse(Words.of(words, terminal, List.of(), 0).uri());
        Checks.positive("--count", count);
        Checks.between("--warmup", warmup, 0, Long.MAX_VALUE);
        Checks.between("--size", size, 0, Integer.MAX_VALUE);
        final Histogram acks;
        final Histogram deliveries;
        try (Session session = connecting.logOn(connection, "ping", terminal)) {
            final Ping ping = new Ping(session, terminal.stop(), driver, warmup, count, size);
            try (Progress progress = new Progress(terminal)) {
                acks = ping.toAcknowledgement(() -> show(progress, "acknowledgements"));
                deliveries = ping.toDelivery(() -> show(progress, "deliveries"));
            }
            report(session, acks, deliveries);
        }
        return 0;
    }

    private static void show(Progress progress, String what) {
        if (progress.isDue()) {
            progress.show("timing " + what);
        }
    }

    private void report(Session session, Histogram acks, Histogram deliveries) {
        if (json) {
            Json.only(terminal, fields -> {
                write(session, fields);
                Json.percentiles(fields, "ackNanos", acks);
                Json.percentiles(fields, "deliverNanos", deliveries);
            });
        } else {
            terminal.line("%,d round trips each, %,d bytes, io %s, acknowledged means %s, driven by the %s thread"
                    .formatted(count, size, session.client().io(), session.ackLevel(), driverWord()));
            terminal.line(Table.heads("microseconds"));
            terminal.line(Table.percentiles("to acknowledgement", acks));
            terminal.line(Table.percentiles("to delivery", deliveries));
        }
    }

    private void write(Session session, JsonGenerator fields) throws IOException {
        fields.writeStringField("io", session.client().io());
        fields.writeNumberField("count", count);
        fields.writeNumberField("size", size);
        fields.writeStringField("ackLevel", session.ackLevel());
        fields.writeStringField("driver", driverWord());
    }

    private String driverWord() {
        return driver.name().toLowerCase(Locale.ROOT);
    }
}
