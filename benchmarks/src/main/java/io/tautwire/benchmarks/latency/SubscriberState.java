package io.tautwire.benchmarks.latency;

import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A publisher, and a second session that subscribes to what it publishes. */
@State(Scope.Thread)
public class SubscriberState extends PublisherState {
    Arrivals delivered;

    /** Subscribes. */
    @Setup
    public void subscribe() {
        delivered = newArrivals();
        try {
            final Client subscriber = logOn(new ClientConfig(names.subscriber()), delivered);
            subscriber.subscribe(names.topic(), message -> delivered.reached(message.sequence()));
        } catch (RuntimeException | Error e) {
            end();
            throw e;
        }
    }
}
