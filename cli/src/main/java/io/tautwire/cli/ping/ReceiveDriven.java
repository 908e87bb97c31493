package io.tautwire.cli.ping;

import io.tautwire.client.Publication;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;

/** The receive thread publishes the next message as soon as it has the answer to the last. */
final class ReceiveDriven extends RoundTrips {
    ReceiveDriven(Publication publication, DirectBuffer body, long warmup, long count) {
        super(publication, body, warmup, count);
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
