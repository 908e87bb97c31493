package io.tautwire.examples;

import io.tautwire.client.Client;
import io.tautwire.client.FlushResult;
import io.tautwire.client.Publication;
import java.time.Duration;

/** Publishes ten trades, and says how many of them the server acknowledged. */
public final class FirstPublisher {
    private FirstPublisher() {}

    /** Runs with a connection string as its argument. */
    public static void main(String[] args) {
        final String uri = args.length > 0 ? args[0] : "tcp://localhost:9007";
        try (Client client = Client.connect(uri, "first-publisher")) {
            final Publication trades = client.publication("trades/BTCUSD");
            for (int i = 0; i < 10; i++) {
                trades.publish("{\"price\":" + (800 + i) + ",\"amount\":0.1}");
            }
            final FlushResult result = client.publishFlush(Duration.ofSeconds(5));
            System.out.println("acknowledged " + result.acknowledged() + " trades");
        }
    }
}
