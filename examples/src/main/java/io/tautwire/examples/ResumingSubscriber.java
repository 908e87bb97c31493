package io.tautwire.examples;

import io.tautwire.client.BookmarkStore;
import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.client.Message;
import io.tautwire.client.MessageStream;
import io.tautwire.client.StreamConfig;
import io.tautwire.client.SubscribeOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Books every trade once it is published, however often this program is stopped, killed and started again. Ends when
 * none has come for a while.
 */
public final class ResumingSubscriber {
    private ResumingSubscriber() {}

    /** Runs with a connection string, and the directory that remembers what is booked. */
    public static void main(String[] args) {
        final String uri = args.length > 0 ? args[0] : "tcp://localhost:9007";
        final Path directory = Path.of(args.length > 1 ? args[1] : "trades.bookmarks");
        try (BookmarkStore store = BookmarkStore.file(directory);
                Client client = new Client(new ClientConfig("resuming-subscriber").bookmarkStore(store))) {
            client.connect(uri);
            client.logon();
            try (MessageStream trades = client.stream(
                    "trades/#",
                    SubscribeOptions.resuming("trades"),
                    StreamConfig.defaults().withTimeout(Duration.ofSeconds(1)))) {
                for (final Message trade : trades) {
                    book(trade);
                    trade.discard(); // from here on it does not come again
                }
            }
        }
    }

    /** What was booked when the program was killed, but not discarded yet, comes again and says that it may have. */
    private static void book(Message trade) {
        System.out.println(
                (trade.isPossiblyRepeated() ? "look whether it is booked: " : "booked: ") + trade.bodyText());
    }
}
