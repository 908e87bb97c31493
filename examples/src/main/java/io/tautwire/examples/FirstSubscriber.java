package io.tautwire.examples;

import io.tautwire.client.Client;
import io.tautwire.client.Message;
import io.tautwire.client.MessageStream;

/** Prints every trade that is published, until the server ends or Ctrl-C is pressed. */
public final class FirstSubscriber {
    private FirstSubscriber() {}

    /** Runs with a connection string as its argument. */
    public static void main(String[] args) {
        final String uri = args.length > 0 ? args[0] : "tcp://localhost:9007";
        try (Client client = Client.connect(uri, "first-subscriber");
                MessageStream trades = client.stream("trades/#")) {
            System.out.println("subscribed");
            for (final Message trade : trades) {
                System.out.println(trade.topic() + " " + trade.bodyText());
            }
        }
    }
}
