package io.tautwire.benchmarks;

import io.tautwire.client.internal.core.ClientSession;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One message on its way through the client's session to a handler: a server's bytes, a Deliver envelope and
 * {@value #BATCH} messages behind it, are read again and again. They were recorded from the real broker.
 */
public class DeliverBenchmark extends MemoryBenchmark {
    static final int BATCH = 16;
    private static final long WINDOW = 1 << 20;

    private final Summing handler = new Summing();
    private ClientSession session;
    private UnsafeBuffer bytes;
    private UnsafeBuffer copy;
    private Crc crc;
    private Frames frames;
    private int frameLength;

    /** Has the broker deliver once, and keeps its bytes. */
    @Setup
    public void setUp() {
        final MemoryServer server = new MemoryServer();
        final MemoryClient subscriber = new MemoryClient(server, "subscriber", 1);
        subscriber.subscribe(Frames.TOPIC, WINDOW, handler);
        final MemoryClient publisher = new MemoryClient(server, Frames.CLIENT, Frames.INCARNATION);
        frames = new Frames(BATCH, bodyLength);
        publisher.serverSide.onBytes(frames.buffer, 0, frames.buffer.capacity());
        publisher.serverSide.onBatchEnd();
        final byte[] delivery = subscriber.toClient.peek();
        bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(delivery.length));
        bytes.putBytes(0, delivery);
        copy = new UnsafeBuffer(ByteBuffer.allocateDirect(delivery.length));
        crc = new Crc(bytes);
        frameLength = frames.alignedLength;
        subscriber.toServer.toNowhere();
        session = subscriber.session;
    }

    /** A subscription takes no message twice, so they get new sequences; outside of what is measured. */
    @Setup(Level.Invocation)
    public void renumber() {
        frames.renumberStamped(bytes, bytes.capacity() - frames.buffer.capacity());
    }

    /** Reads, validates, finds the subscription, calls the handler, accounts for credit. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    @Warmup(iterations = 4, time = 1)
    public long deliver() {
        final long before = handler.messages();
        session.onBytes(bytes, 0, bytes.capacity());
        session.onBatchEnd();
        if (handler.messages() != before + BATCH) {
            throw new IllegalStateException("not every message was delivered");
        }
        return handler.sum();
    }

    /** Baseline: the same bytes copied in one piece. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public UnsafeBuffer baselineCopy() {
        copy.putBytes(0, bytes, 0, bytes.capacity());
        return copy;
    }

    /** Baseline: CRC32C of the same bytes, frame by frame. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long baselineCrc() {
        long all = 0;
        for (int at = 0; at + frameLength <= bytes.capacity(); at += frameLength) {
            all += crc.of(at, frameLength);
        }
        return all;
    }
}
