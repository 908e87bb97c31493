package io.tautwire.journal.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tautwire.journal.Frames;
import java.lang.management.ManagementFactory;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ScanCostTest {
    private static final int SEGMENT = 1 << 20;

    @Test
    void readingAFrameAllocatesNothing() {
        final Frames frames = new Frames();
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[SEGMENT]);
        for (int position = 0; position < SEGMENT; position += 64) {
            frames.write(bytes, position, 64, position);
            frames.stamp(bytes, position, position, 1);
        }
        final OneSegment image = new OneSegment(bytes);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 50 && allocated > 4096; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            assertEquals(
                    SEGMENT / 64,
                    Recovery.scan(image, FrameRule.stamped(), FrameVisitor.NONE).frames());
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertTrue(allocated <= 4096, "bytes allocated for " + SEGMENT / 64 + " frames: " + allocated);
    }

    private record OneSegment(UnsafeBuffer bytes) implements JournalImage {
        @Override
        public long journalId() {
            return 1;
        }

        @Override
        public int segmentLength() {
            return SEGMENT;
        }

        @Override
        public long firstSegment() {
            return 0;
        }

        @Override
        public long endSegment() {
            return SEGMENT;
        }

        @Override
        public DirectBuffer segment(long segmentPosition) {
            return bytes;
        }

        @Override
        public long head() {
            return 0;
        }

        @Override
        public long synced() {
            return SEGMENT;
        }

        @Override
        public boolean isClean() {
            return true;
        }

        @Override
        public boolean isSameBoot() {
            return true;
        }

        @Override
        public String locate(long position) {
            return "offset=" + position;
        }
    }
}
