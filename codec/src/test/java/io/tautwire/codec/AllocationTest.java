package io.tautwire.codec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tautwire.codec.sbe.AckEncoder;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What the publish and deliver paths call allocates nothing, in steady state. */
class AllocationTest {
    private static final int ROUNDS = 20_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(4096));
    private final byte[] clientName = {'p'};
    private final byte[] headerName = {'n'};
    private final MessagePrefix prefix = MessagePrefix.builder()
            .clientName("p")
            .topic("trades/BTCUSD")
            .headers(Headers.builder().add("m", "1").add("n", "2").build())
            .build();
    private final FrameChecksum checksum = new FrameChecksum();
    private final FrameWriter writer = new FrameWriter();
    private final AckEncoder ack = new AckEncoder();
    private final FrameReader reader = new FrameReader(4096);
    private final MessageView view = new MessageView();
    private final HeadersView headers = new HeadersView();
    private final FrameHandler handler = (templateId, in, offset, length) -> {
        if (templateId == 1) {
            view.wrap(in, offset);
        }
        return true;
    };
    private long sum;

    @Test
    void publishingStampingReadingAndAcknowledging() {
        rounds();
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        rounds();
        final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < ROUNDS, "allocated=" + allocated + " in rounds=" + ROUNDS);
        assertTrue(sum != 0);
    }

    private void rounds() {
        for (int i = 0; i < ROUNDS; i++) {
            round(i);
        }
    }

    private void round(long sequence) {
        final int bodyLength = (int) (sequence & 63);
        prefix.put(buffer, 0);
        prefix.finish(buffer, 0, sequence, bodyLength, checksum);
        checksum.stamp(buffer, 0, sequence, sequence);
        final int frames = FrameDescriptor.aligned(prefix.frameLength(bodyLength));
        writer.begin(ack, buffer, frames)
                .fromSequence(1)
                .toSequence(sequence)
                .code(Code.OK)
                .ackLevel(AckLevel.RECEIVED)
                .putReason(buffer, 0, 0);
        sum += reader.read(buffer, 0, frames + writer.end(ack, 0), handler);
        sum += view.position() + view.timestamp() + view.sequence() + view.incarnation() + view.bodyLength();
        sum += view.topicOffset() + view.topicLength() + view.correlationIdLength() + view.replyToLength();
        sum += view.clientNameEquals(clientName) ? 1 : 0;
        sum += Headers.fault(buffer, view.headersOffset(), view.headersLength());
        sum += headers.wrap(buffer, view.headersOffset(), view.headersLength()).find(headerName) ? 1 : 0;
    }
}
