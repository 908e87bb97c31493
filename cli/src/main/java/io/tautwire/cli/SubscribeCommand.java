package io.tautwire.cli;

import io.tautwire.TautwireException;
import io.tautwire.cli.session.Session;
import io.tautwire.cli.subscribe.BodyPrinter;
import io.tautwire.cli.subscribe.JsonPrinter;
import io.tautwire.cli.subscribe.SubscribeRun;
import io.tautwire.cli.terminal.Terminal;
import io.tautwire.client.BookmarkStore;
import io.tautwire.client.MessageStream;
import io.tautwire.client.SubscribeOptions;
import io.tautwire.codec.topic.TopicPattern;
import io.tautwire.transport.connection.ConnectionString;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the messages of a subscription. */
@Command(
        name = "subscribe",
        header = "Print messages as they come.",
        description =
                "Prints bodies a line each, or JSON objects. Says 'subscribed' on standard error once every message "
                        + "from then on will come. Bodies are readable with the option pretty=true in the URI and a "
                        + "message type: /tautwire/json?pretty=true indents JSON, fix and nvfix show | for SOH, "
                        + "binary shows hex. Exits with 0 on Ctrl-C.")
final class SubscribeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private HelpOption help;

    @Mixin
    private Connecting connecting;

    @Mixin
    private Subscribing subscribing;

    @Parameters(
            paramLabel = "[URI] PATTERN",
            hideParamSyntax = true,
            arity = "0..*",
            description = {
                "URI: the server's connection string; TAUTWIRE_URI stands for a missing one.",
                "PATTERN: a topic; + stands for any one level, and # at the end for all the rest."
            })
    private List<String> words;

    @Option(names = "--count", paramLabel = "N", description = "End after N messages.")
    private Long count;

    @Option(
            names = "--timeout",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "End with exit code 1 when nothing arrived for so long, such as 250ms, 5s or 2m.")
    private Duration timeout;

    @Option(
            names = "--json",
            description = "Print an object a line: topic, bookmark, timestamp, publisher, sequence, headers and body; "
                    + "bodyBase64 when the body is not UTF-8; possiblyRepeated where a run that was killed may have "
                    + "printed it; rendered where pretty changed the body.")
    private boolean json;

    SubscribeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        final Words given = Words.of(words, terminal, List.of("PATTERN"), 1);
        final ConnectionString connection = Connecting.parse(given.uri());
        final String pattern = TopicPattern.parse(given.rest().get(0)).text();
        if (count != null) {
            Checks.positive("--count", count);
        }
        final SubscribeOptions options = subscribing.options(connecting.name(connection, pattern));
        try (BookmarkStore store = subscribing.openStore();
                Session session = connecting.logOn(connection, "subscribe", store, terminal);
                MessageStream stream = stream(session, pattern, options)) {
            if (stream == null) {
                return 0;
            }
            terminal.error("subscribed");
            return print(session, stream);
        }
    }

    /** Subscribes once there is a server; null when the user ends it before. */
    private MessageStream stream(Session session, String pattern, SubscribeOptions options)
            throws InterruptedException {
        while (session.awaitServer(terminal.stop(), timeoutNs())) {
            try {
                return session.client().stream(pattern, options);
            } catch (final TautwireException e) {
                session.requireLive();
                if (!session.isWaiting()) {
                    throw e;
                }
            }
        }
        if (!terminal.stop().requested()) {
            throw nothingArrived(0);
        }
        return null;
    }

    private long timeoutNs() {
        return timeout == null ? Long.MAX_VALUE : timeout.toNanos();
    }

    private FailedException nothingArrived(long received) {
        return new FailedException(
                "nothing arrived for timeout=%dms; received=%d".formatted(timeout.toMillis(), received));
    }

    private int print(Session session, MessageStream stream) {
        final SubscribeRun run = new SubscribeRun(
                session,
                stream,
                subscribing.isKept(),
                json ? new JsonPrinter(terminal.out()) : new BodyPrinter(terminal.out()),
                terminal);
        final SubscribeRun.End end = run.run(count == null ? Long.MAX_VALUE : count, timeoutNs());
        if (end == SubscribeRun.End.TIMED_OUT) {
            throw nothingArrived(run.received());
        }
        return 0;
    }
}
