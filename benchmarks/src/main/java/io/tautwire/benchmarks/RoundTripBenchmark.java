package io.tautwire.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One message all the way on one thread: offered to a publisher's store, written, through the broker, delivered to the
 * handler of another client, acknowledged, and its room freed; with a copy where a socket would be. This is the
 * processor time that a message costs in all three programs together, without the system's share.
 */
public class RoundTripBenchmark extends MemoryBenchmark {
    static final int BATCH = 16;
    private static final long WINDOW = 1 << 20;

    private final Summing handler = new Summing();
    private Frames frames;
    private MemoryClient publisher;
    private MemoryClient subscriber;
    private Frames sealed;
    private Ring[] rings;

    /** Logs both clients on. */
    @Setup
    public void setUp() {
        final MemoryServer server = new MemoryServer();
        subscriber = new MemoryClient(server, "subscriber", 1);
        subscriber.subscribe(Frames.TOPIC, WINDOW, handler);
        publisher = new MemoryClient(server, Frames.CLIENT, Frames.INCARNATION);
        frames = new Frames(1, bodyLength);
        sealed = new Frames(1, bodyLength);
        rings = new Ring[] {
            new Ring(Ring.STORE),
            new Ring(Ring.OUTPUT),
            new Ring(Ring.JOURNAL),
            new Ring(Ring.OUTPUT),
            new Ring(Ring.OUTPUT),
        };
    }

    /** Offered in batches of {@value #BATCH}; every message is delivered and acknowledged before the next batch. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    @Warmup(iterations = 8, time = 1)
    public long publishToHandler() {
        final long before = handler.messages();
        for (int i = 0; i < BATCH; i++) {
            offer();
        }
        publisher.settle();
        subscriber.settle();
        if (handler.messages() != before + BATCH
                || publisher.acknowledgements.lastOutcome() != publisher.store.lastSequence()) {
            throw new IllegalStateException("delivered=" + (handler.messages() - before) + " of " + BATCH);
        }
        return handler.sum();
    }

    private void offer() {
        if (publisher.store.begin(frames.prefix, bodyLength) < 0) {
            throw new IllegalStateException("the store is full");
        }
        publisher
                .store
                .buffer()
                .putBytes(publisher.store.frameOffset() + frames.prefix.bodyOffset(), frames.body, 0, bodyLength);
        publisher.store.commit(frames.prefix, bodyLength);
    }

    /** Baseline: encoded and sealed, then copied as often: store, wire, journal, output, wire. */
    @Benchmark
    public long baselineEncodeAndCopies() {
        sealed.encode(0);
        long sum = 0;
        for (final Ring ring : rings) {
            sum += ring.append(sealed.buffer, 0, sealed.alignedLength);
        }
        return sum;
    }
}
