package io.tautwire.cli;

import io.tautwire.cli.demo.Demo;
import io.tautwire.cli.demo.DemoResult;
import io.tautwire.cli.demo.DemoServer;
import io.tautwire.cli.terminal.Json;
import io.tautwire.cli.terminal.Progress;
import io.tautwire.cli.terminal.Table;
import io.tautwire.cli.terminal.Terminal;
import io.tautwire.transport.connection.Scheme;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows all of it at once: a server, a publisher, two subscribers, real data, and the account of every message. */
@Command(
        name = "demo",
        header = "Show all of it at once, on real data.",
        description =
                "Publishes 100,000 real Bitcoin trades through a server of its own to two subscribers, and checks that "
                        + "each got every message once and in order. Exits with 1 unless that is so.")
final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private HelpOption help;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Option(
            names = "--scheme",
            defaultValue = "tcp",
            paramLabel = "tcp|tcps|unix",
            description =
                    "What carries the bytes; tcps with a throw-away authority made for it. Default: ${DEFAULT-VALUE}.")
    private Scheme scheme;

    @Option(
            names = "--options",
            defaultValue = "",
            paramLabel = "OPTION=VALUE[&...]",
            description =
                    "Options of the connection as in a URI, such as io=nio; the server takes those that it can too.")
    private String options;

    @Option(
            names = "--repeat",
            defaultValue = "1",
            paramLabel = "N",
            description = "Publish all trades N times. Default: ${DEFAULT-VALUE}.")
    private int repeat;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Checks.between("--repeat", repeat, 1, Demo.MAX_REPEAT);
        final DemoResult result;
        try (DemoServer server = new DemoServer(scheme, options, terminal.stop());
                Progress progress = new Progress(terminal)) {
            result = new Demo(repeat, progress, terminal.stop())
                    .run(server.uri(), Connecting.ownName("demo"), fault -> terminal.error("tautwire demo: " + fault));
        }
        if (json) {
            Json.only(terminal, result::writeTo);
        } else {
            table(result).forEach(terminal::line);
        }
        if (!result.isFlawless()) {
            throw new FailedException("not every message arrived once and in order: " + result.faults());
        }
        return 0;
    }

    private List<String> table(DemoResult result) {
        final double seconds = Json.seconds(result.elapsedNs());
        return List.of(
                "Bitcoin trades over " + scheme.word() + " to the subscriptions " + String.join(" and ", Demo.PATTERNS),
                "",
                Table.value("messages", "%,d".formatted(result.messages())),
                Table.value("acknowledged", "%,d".formatted(result.acknowledged())) + "  (" + result.ackLevel() + ")",
                Table.value(
                                "delivered to each",
                                "%,d".formatted(result.delivered().get(0)))
                        + "  lost %d, duplicated %d, out of order %d"
                                .formatted(result.lost(), result.duplicated(), result.outOfOrder()),
                Table.value("seconds", "%.3f".formatted(seconds)),
                Table.value("msg/s", "%,d".formatted(Math.round(result.messages() / seconds))),
                "",
                Table.heads("microseconds"),
                Table.percentiles("publish to delivery", result.deliverNanos()),
                "",
                "At full speed after a rehearsal of %,d, up to %,d messages under way: most of it is waiting in line."
                        .formatted(Demo.REHEARSAL, Demo.WINDOW),
                "'tautwire ping' times one message at a time.");
    }
}
