package io.tautwire.benchmarks;

import io.tautwire.server.internal.broker.counters.Counter;
import io.tautwire.transport.wire.WireHandler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One message through the real broker: read and validated, appended to the journal and stamped, routed, copied to the
 * output of each subscribed session, and acknowledged. They come in batches of {@value #BATCH}, and the wires take all
 * at once. Before each batch the frames get new numbers and checksums, or the broker would refuse them: that is the
 * publisher's work and part of each row, the baselines included.
 */
public class BrokerBenchmark extends MemoryBenchmark {
    static final int BATCH = 16;
    private static final long ENDLESS = Long.MAX_VALUE / 4;

    /** Sessions that are subscribed. */
    @Param({"1", "3"})
    public int sessions;

    private final MemoryServer server = new MemoryServer();
    private Frames frames;
    private Frames sealed;
    private WireHandler publisher;
    private Ring journal;
    private Ring[] outputs;

    /** Subscribes the sessions and logs the publisher on. */
    @Setup
    public void setUp() {
        outputs = new Ring[sessions];
        for (int i = 0; i < sessions; i++) {
            final MemoryClient subscriber = new MemoryClient(server, "subscriber-" + i, i + 1);
            subscriber.subscribe("trades/#", ENDLESS, new Summing());
            subscriber.toClient.toNowhere();
            outputs[i] = new Ring(Ring.OUTPUT);
        }
        final MemoryClient client = new MemoryClient(server, Frames.CLIENT, Frames.INCARNATION);
        client.toClient.toNowhere();
        publisher = client.serverSide;
        frames = new Frames(BATCH, bodyLength);
        publishBatch(); // they have their first numbers already
        sealed = new Frames(BATCH, bodyLength);
        journal = new Ring(Ring.JOURNAL);
    }

    /** The broker did what it was measured for. */
    @TearDown
    public void check() {
        final long published = frames.lastSequence();
        if (server.count(Counter.APPENDED) != published || server.count(Counter.DELIVERED) != sessions * published) {
            throw new IllegalStateException("published=" + published + " appended=" + server.count(Counter.APPENDED)
                    + " delivered=" + server.count(Counter.DELIVERED) + " sessions=" + sessions);
        }
    }

    /** From the bytes of the publisher to those for the subscribers. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    @Warmup(iterations = 8, time = 1)
    public long publish() {
        frames.renumber();
        publishBatch();
        return frames.lastSequence();
    }

    private void publishBatch() {
        if (publisher.onBytes(frames.buffer, 0, frames.buffer.capacity()) != frames.buffer.capacity()) {
            throw new IllegalStateException("not all was read");
        }
        publisher.onBatchEnd();
    }

    /** Baseline: only the new numbers and checksums. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long baselineSeal() {
        sealed.renumber();
        return sealed.lastSequence();
    }

    /** Baseline: numbers and checksums, and each frame copied to one ring and from there on to one for each session. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long baselineSealAndCopies() {
        sealed.renumber();
        long sum = 0;
        for (int at = 0; at < sealed.buffer.capacity(); at += sealed.alignedLength) {
            sum += journal.append(sealed.buffer, at, sealed.alignedLength);
            for (final Ring output : outputs) {
                sum += output.append(sealed.buffer, at, sealed.alignedLength);
            }
        }
        return sum;
    }
}
