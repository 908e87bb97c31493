package io.tautwire.benchmarks;

import io.tautwire.client.internal.OpenStore;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * One message into the publish store: room, sequence, frame, checksum, tail; from one thread, nothing connected. The
 * store is freed every {@value #RELEASE_EVERY} messages, as acknowledgements of such batches do.
 */
public class StoreBenchmark extends MemoryBenchmark {
    private static final int RELEASE_EVERY = 64;

    private final UnsafeBuffer claim = new UnsafeBuffer(0, 0);
    private Frames frames;
    private OpenStore store;
    private Ring ring;
    private Crc crc;

    /** Makes store and ring. */
    @Setup
    public void setUp() {
        frames = new Frames(1, bodyLength);
        store = Stores.usual(Frames.INCARNATION);
        ring = new Ring(Ring.STORE);
        crc = new Crc(frames.buffer);
    }

    /** A body that lies somewhere is copied in: what Publication.offer does. */
    @Benchmark
    public long offer() {
        final long sequence = begin();
        store.buffer().putBytes(store.frameOffset() + frames.prefix.bodyOffset(), frames.body, 0, bodyLength);
        store.commit(frames.prefix, bodyLength);
        return sequence;
    }

    /** A body is encoded in place, number by number: what Publication.tryClaim and BufferClaim.commit do. */
    @Benchmark
    public long claim() {
        final long sequence = begin();
        claim.wrap(store.buffer(), store.frameOffset() + frames.prefix.bodyOffset(), bodyLength);
        for (int at = 0; at < bodyLength; at += Long.BYTES) {
            claim.putLong(at, sequence + at);
        }
        store.commit(frames.prefix, bodyLength);
        return sequence;
    }

    private long begin() {
        final long sequence = store.begin(frames.prefix, bodyLength);
        if (sequence < 0) {
            throw new IllegalStateException("refused=" + sequence);
        }
        if (sequence % RELEASE_EVERY == 0) {
            Stores.release(store);
        }
        return sequence;
    }

    /** Baseline: a finished frame of the same length copied into a ring, and its tail moved. */
    @Benchmark
    public long baselineRing() {
        return ring.append(frames.buffer, 0, frames.alignedLength);
    }

    /** Baseline: CRC32C of such a frame, then {@link #baselineRing}. */
    @Benchmark
    public long baselineCrcAndRing() {
        return crc.of(0, frames.frameLength) + ring.append(frames.buffer, 0, frames.alignedLength);
    }
}
