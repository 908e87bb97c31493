package io.tautwire.benchmarks;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One Message frame, from its publication's prefix and a body to the last byte, in direct memory that stays cached. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = Jvm.OPENS)
public class EncodeBenchmark {
    private static final int COUNT = 64;

    /** Bytes of the body. */
    @Param({"40", "512"})
    public int bodyLength;

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
