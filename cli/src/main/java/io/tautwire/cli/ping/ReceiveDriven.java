package io.tautwire.cli.ping;

import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** The receive thread publishes the next message as soon as it has the answer to the last. */
final class ReceiveDriven extends RoundTrips {
    ReceiveDriven(LongSupplier offer, long warmup, long count) {
        super(offer, warmup, count);
    }

    @Override
    CompletableFuture<Histogram> start() {
        publish();
        return done();
    }

    @Override
    void onAnswer() {
        if (!done().isDone() && record()) {
            publish();
        }
    }
}
