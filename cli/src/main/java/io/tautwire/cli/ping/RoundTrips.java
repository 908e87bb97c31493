package io.tautwire.cli.ping;

import io.tautwire.TautwireException;
import io.tautwire.client.Publication;
import io.tautwire.codec.sbe.Code;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * A closed loop: publish, wait for the answer, publish the next. What an answer is, the owner decides: it calls
 * {@link #onAnswer()} on the receive thread. Since only one message is under way, an answer needs no number.
 *
 * <p>The fields belong to whichever thread's turn it is; the message under way hands them over, and the volatile send
 * time makes that formal.
 */
abstract class RoundTrips {
    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int SIGNIFICANT_DIGITS = 3;

    private final LongSupplier offer;
    private final Histogram nanos = new Histogram(MAX_NANOS, SIGNIFICANT_DIGITS);
    private final CompletableFuture<Histogram> done = new CompletableFuture<>();
    private long warmupLeft;
    private long countLeft;
    private volatile long sentNs;

    /**
     * Prepares a loop.
     *
     * @param offer  publishes the next message and returns what {@link Publication#offer} does.
     * @param warmup round trips that are not measured.
     * @param count  round trips that are.
     */
    RoundTrips(LongSupplier offer, long warmup, long count) {
        this.offer = offer;
        this.warmupLeft = warmup;
        this.countLeft = count;
    }

    /** Begins, on the calling thread; completes with the nanoseconds of each round trip, or with what went wrong. */
    abstract CompletableFuture<Histogram> start();

    /** The answer to the message under way has come; on the receive thread. */
    abstract void onAnswer();

    /** Something prevents the answer. Any thread. */
    final void fail(TautwireException failure) {
        done.completeExceptionally(failure);
    }

    /** Ends the loop when the message under way has had no answer for so long. Any thread. */
    final void requireAnswerWithin(long timeoutNs) {
        if (System.nanoTime() - sentNs > timeoutNs) {
            fail(new TautwireException(Code.TIMED_OUT, "no answer for timeoutNs=" + timeoutNs));
        }
    }

    /** Completes with the nanoseconds of each round trip, or with what prevented the last one. */
    final CompletableFuture<Histogram> done() {
        return done;
    }

    /** Publishes one message; false when that failed, which ends the loop. */
    final boolean publish() {
        sentNs = System.nanoTime();
        long sequence = offer.getAsLong();
        while (sequence == Publication.BUSY && !done.isDone()) {
            // The answer can be quicker than the thread that published: it has sent the message, but not let go yet.
            Thread.yield();
            sequence = offer.getAsLong();
        }
        if (sequence < 0) {
            fail(refused(sequence));
        }
        return sequence > 0;
    }

    /** Notes that the round trip is over now; false when it was the last one. */
    final boolean record() {
        final long elapsedNs = System.nanoTime() - sentNs;
        if (warmupLeft > 0) {
            warmupLeft--;
        } else {
            nanos.recordValue(Math.min(elapsedNs, MAX_NANOS));
            countLeft--;
        }
        if (countLeft == 0) {
            done.complete(nanos);
        }
        return countLeft > 0;
    }

    private static TautwireException refused(long result) {
        if (result == Publication.TOO_LARGE) {
            return new TautwireException(Code.MESSAGE_TOO_LARGE, "the message is too long; lower --size");
        }
        return result == Publication.CLOSED
                ? new TautwireException(Code.CLOSED, "the session ended")
                : new TautwireException(Code.BACK_PRESSURED, "no room in the publish store");
    }
}
