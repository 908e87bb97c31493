package io.tautwire.cli.ping;

import io.tautwire.TautwireException;
import io.tautwire.cli.session.Session;
import io.tautwire.cli.terminal.Stop;
import io.tautwire.client.Publication;
import io.tautwire.client.Subscription;
import io.tautwire.codec.sbe.Code;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Times the way from publish to the message's acknowledgement, and then to its own delivery. Use once, on the main
 * thread of the command.
 */
public final class Ping {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    private final Session session;
    private final Stop stop;
    private final Driver driver;
    private final long warmup;
    private final long count;
    private final DirectBuffer body;

    private final Publication publication;

    /** The loop under way, for acknowledgements to reach. */
    private volatile RoundTrips current;

    /** Whether an acknowledgement is the answer. */
    private volatile boolean answeredByAck;

    /**
     * Prepares the measurements.
     *
     * @param session where to; not used for anything else meanwhile.
     * @param stop    ends them before their time.
     * @param driver  which thread publishes.
     * @param warmup  round trips before each measurement.
     * @param count   round trips in each measurement.
     * @param size    bytes of each body.
     */
    public Ping(Session session, Stop stop, Driver driver, long warmup, long count, int size) {
        this.session = session;
        this.stop = stop;
        this.driver = driver;
        this.warmup = warmup;
        this.count = count;
        this.body = new UnsafeBuffer(new byte[size]);
        this.publication = session.client()
                .publication("ping/" + Long.toHexString(session.client().incarnation()));
        session.client().ackListener((from, to, code, reason, level) -> onAck(code, reason));
    }

    private void onAck(Code code, String reason) {
        if (code != Code.OK) {
            current.fail(new TautwireException(code, reason));
        } else if (answeredByAck) {
            current.onAnswer();
        }
    }

    /**
     * Times publish to acknowledgement.
     *
     * @param meanwhile called now and then, on this thread.
     * @return nanoseconds of each round trip.
     * @throws TautwireException if the session ends, an answer does not come, or the user stops it.
     */
    public Histogram toAcknowledgement(Runnable meanwhile) throws InterruptedException {
        current = roundTrips();
        answeredByAck = true;
        try {
            return await(meanwhile);
        } finally {
            answeredByAck = false;
        }
    }

    /** Times publish to delivery; as {@link #toAcknowledgement}. */
    public Histogram toDelivery(Runnable meanwhile) throws InterruptedException {
        final RoundTrips trips = roundTrips();
        current = trips;
        final Subscription own = session.client().subscribe(publication.topic(), message -> trips.onAnswer());
        try {
            return await(meanwhile);
        } finally {
            own.close();
        }
    }

    private RoundTrips roundTrips() {
        return switch (driver) {
            case RECEIVE -> new ReceiveDriven(this::offer, warmup, count);
            case APPLICATION -> new ApplicationDriven(this::offer, warmup, count);
        };
    }

    private long offer() {
        return publication.offer(body, 0, body.capacity());
    }

    private Histogram await(Runnable meanwhile) throws InterruptedException {
        final RoundTrips trips = current;
        final CompletableFuture<Histogram> done = trips.start();
        try {
            session.await(CompletableFuture.anyOf(done, stop.asFuture()), Long.MAX_VALUE, () -> {
                trips.requireAnswerWithin(PATIENCE_NS);
                meanwhile.run();
            });
        } finally {
            trips.fail(new TautwireException(Code.INTERRUPTED, "ended by the user"));
        }
        return done.join();
    }
}
