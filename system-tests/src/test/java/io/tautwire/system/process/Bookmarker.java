package io.tautwire.system.process;

import io.tautwire.client.BookmarkStore;
import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.client.Message;
import io.tautwire.client.MessageStream;
import io.tautwire.client.SubscribeOptions;
import io.tautwire.codec.Bookmark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Subscribes from where it was, and discards in random order, some of it never. Says what it does, each before it goes
 * on: {@code received NUMBER new|repeated}, {@code discarding NUMBER}, {@code discarded NUMBER}. Ends when its input
 * does.
 */
public final class Bookmarker {
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final int MAX_OPEN = 50;

    private Bookmarker() {}

    private record Open(String number, Bookmark bookmark) {}

    /** Runs with a connection string, the directory of a store, and a seed. */
    public static void main(String[] args) throws IOException {
        final Random random = new Random(Long.parseLong(args[2]));
        try (BookmarkStore store = BookmarkStore.file(Path.of(args[1]));
                Client client = new Client(new ClientConfig("bookmarker").bookmarkStore(store))) {
            client.connect(args[0]);
            client.logon();
            try (MessageStream stream = client.stream("a/#", SubscribeOptions.resuming("orders"))) {
                run(stream, random);
            }
        }
    }

    private static void run(MessageStream stream, Random random) throws IOException {
        final List<Open> open = new ArrayList<>();
        while (System.in.available() == 0) {
            final Message message = stream.poll(MOMENT);
            if (message != null) {
                final String number = message.bodyText();
                say("received " + number + (message.isPossiblyRepeated() ? " repeated" : " new"));
                open.add(new Open(number, message.bookmark()));
            }
            if (open.size() > (message == null ? 0 : random.nextInt(MAX_OPEN))) {
                final Open one = open.remove(random.nextInt(open.size()));
                say("discarding " + one.number());
                stream.discard(one.bookmark());
                say("discarded " + one.number());
            }
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
