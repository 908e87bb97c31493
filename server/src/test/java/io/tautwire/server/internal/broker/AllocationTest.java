package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.MessageEncoder;
import io.tautwire.server.internal.broker.counters.Counter;
import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** From the frame that comes in to the wires of three subscribers and the acknowledgement: no garbage. */
class AllocationTest {
    private static final int BATCH = 16;
    private static final int SEQUENCE_OFFSET = FrameDescriptor.BLOCK_OFFSET + MessageEncoder.sequenceEncodingOffset();

    private final Rig rig = new Rig();
    private final FrameChecksum checksum = new FrameChecksum();
    private long sequence;

    @Test
    void publishRouteDeliverAndAcknowledgeAllocateNothing() {
        for (int i = 0; i < 3; i++) {
            final Peer reader = new Peer("r" + i, i);
            final Sink sink = new Sink();
            sink.handler = rig.broker.onConnected(sink, rig.terms);
            reader.handler(sink.handler);
            reader.logon()
                    .subscribe(1, "trades/#")
                    .subscribe(2, "trades/BTCUSD")
                    .send();
        }
        final Sink wire = new Sink();
        wire.handler = rig.broker.onConnected(wire, rig.terms);
        final Peer publisher = new Peer("p", 99);
        publisher.handler(wire.handler);
        publisher.logon().send();
        publisher.message(1, "trades/BTCUSD", "x".repeat(100));
        final UnsafeBuffer frames = batchOf(publisher.said());

        step(wire.handler, frames, 20_000);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();
        final long before = threads.getThreadAllocatedBytes(thread);
        step(wire.handler, frames, 5_000);
        final long allocated = threads.getThreadAllocatedBytes(thread) - before;

        assertEquals(sequence, rig.broker.counters().get(Counter.APPENDED));
        assertEquals(3 * sequence, rig.broker.counters().get(Counter.DELIVERED));
        // A checksum looks at each new segment through one view: some bytes for megabytes of messages.
        final long segments = 5_000L
                        * BATCH
                        * frames.capacity()
                        / BATCH
                        / rig.journal.config().segmentLength()
                + 1;
        assertTrue(allocated <= segments * 512, "allocated=" + allocated + " segments=" + segments);
        assertEquals(List.of(), rig.host.faults);
    }

    private UnsafeBuffer batchOf(byte[] frame) {
        final UnsafeBuffer frames = new UnsafeBuffer(ByteBuffer.allocateDirect(frame.length * BATCH));
        for (int i = 0; i < BATCH; i++) {
            frames.putBytes(i * frame.length, frame);
        }
        return frames;
    }

    private void step(WireHandler handler, UnsafeBuffer frames, int batches) {
        final int aligned = frames.capacity() / BATCH;
        for (int batch = 0; batch < batches; batch++) {
            for (int i = 0; i < BATCH; i++) {
                final int at = i * aligned;
                frames.putLong(at + SEQUENCE_OFFSET, ++sequence, ByteOrder.LITTLE_ENDIAN);
                checksum.sealContent(frames, at, FrameDescriptor.length(frames, at));
            }
            assertEquals(frames.capacity(), handler.onBytes(frames, 0, frames.capacity()));
            handler.onBatchEnd();
        }
    }

    /** Takes everything at once and looks at nothing. */
    private static final class Sink implements Wire {
        private WireHandler handler;

        @Override
        public void write(DirectBuffer buffer, int offset, int length) {
            handler.onWritten(length);
        }

        @Override
        public void close() {
            throw new IllegalStateException("closed by the broker");
        }

        @Override
        public void abort() {
            close();
        }

        @Override
        public String peer() {
            return "sink";
        }
    }
}
