package io.tautwire.benchmarks;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.FrameHandler;
import io.tautwire.codec.FrameReader;
import io.tautwire.codec.MessageView;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** One Message frame out of a buffer full of them: cut, validated with its checksum, and its fields looked at. */
public class DecodeBenchmark extends MemoryBenchmark implements FrameHandler {
    private static final int COUNT = 64;

    private final FrameReader reader = new FrameReader(FrameDescriptor.DEFAULT_MAX_FRAME);
    private final MessageView message = new MessageView();
    private Frames frames;
    private UnsafeBuffer copies;
    private Crc crc;
    private long sum;

    /** Makes the memory. */
    @Setup
    public void setUp() {
        frames = new Frames(COUNT, bodyLength);
        copies = new UnsafeBuffer(ByteBuffer.allocateDirect(frames.buffer.capacity()));
        crc = new Crc(frames.buffer);
    }

    /** Validates the frames and reads number, topic and body of each. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public long decode() {
        if (reader.read(frames.buffer, 0, frames.buffer.capacity(), this) != frames.buffer.capacity()) {
            throw new IllegalStateException("not all was read");
        }
        return sum;
    }

    @Override
    public boolean onFrame(int templateId, DirectBuffer buffer, int offset, int length) {
        message.wrap(buffer, offset);
        sum += Summing.look(message) + message.topicLength() + buffer.getByte(message.topicOffset());
        return true;
    }

    /** Baseline: the same bytes copied, frame by frame. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public UnsafeBuffer baselineCopy() {
        for (int at = 0; at < frames.buffer.capacity(); at += frames.alignedLength) {
            copies.putBytes(at, frames.buffer, at, frames.alignedLength);
        }
        return copies;
    }

    /** Baseline: CRC32C of the same bytes, frame by frame. */
    @Benchmark
    @OperationsPerInvocation(COUNT)
    public long baselineCrc() {
        long all = 0;
        for (int at = 0; at < frames.buffer.capacity(); at += frames.alignedLength) {
            all += crc.of(at, frames.frameLength);
        }
        return all;
    }
}
