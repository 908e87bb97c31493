package io.tautwire.benchmarks;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** One Message frame, from its publication's prefix and a body to the last byte, in direct memory that stays cached. */
public class EncodeBenchmark extends MemoryBenchmark {
    private static final int COUNT = 64;

    private Frames frames;
    private UnsafeBuffer copies;
    private Crc crc;
    private int index;

    /** Makes the memory. */
    @Setup
    public void setUp() {
        frames = new Frames(COUNT, bodyLength);
        copies = new UnsafeBuffer(ByteBuffer.allocateDirect(frames.buffer.capacity()));
        crc = new Crc(frames.buffer);
    }

    /** Prefix, body, sequence, lengths and checksum. */
    @Benchmark
    public long encode() {
        frames.encode(next());
        return frames.lastSequence();
    }

    /** Baseline: the same bytes copied, whole frame by whole frame. */
    @Benchmark
    public UnsafeBuffer baselineCopy() {
        final int at = next() * frames.alignedLength;
        copies.putBytes(at, frames.buffer, at, frames.alignedLength);
        return copies;
    }

    /** Baseline: CRC32C of the same bytes. */
    @Benchmark
    public long baselineCrc() {
        return crc.of(next() * frames.alignedLength, frames.frameLength);
    }

    private int next() {
        index = index + 1 & COUNT - 1;
        return index;
    }
}
