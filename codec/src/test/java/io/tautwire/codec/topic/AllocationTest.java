package io.tautwire.codec.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int ROUNDS = 20_000;

    @Test
    void checkingAndMatchingAllocateNothing() {
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        assumeTrue(
                threads instanceof com.sun.management.ThreadMXBean, "this JVM does not count a thread's allocations");
        final com.sun.management.ThreadMXBean counting = (com.sun.management.ThreadMXBean) threads;
        final byte[] topic = Bytes.utf8("trades/Börse/€/spot");
        final DirectBuffer buffer = Bytes.at(topic);
        final TopicPattern pattern = TopicPattern.parse("trades/+/€/#");
        final long[] allocated = new long[2];
        for (int i = 0; i < allocated.length; i++) {
            allocated[i] = allocatedBy(counting, buffer, topic.length, pattern);
        }
        assertTrue(allocated[1] < ROUNDS, "allocated bytes=" + allocated[1] + " in rounds=" + ROUNDS);
    }

    private static long allocatedBy(
            com.sun.management.ThreadMXBean threads, DirectBuffer buffer, int length, TopicPattern pattern) {
        final long id = Thread.currentThread().getId();
        final long before = threads.getThreadAllocatedBytes(id);
        int good = 0;
        for (int i = 0; i < ROUNDS; i++) {
            final boolean isTopic = Topics.fault(buffer, Bytes.OFFSET, length) < 0;
            good += isTopic && pattern.matches(buffer, Bytes.OFFSET, length) ? 1 : 0;
        }
        assertEquals(ROUNDS, good);
        return threads.getThreadAllocatedBytes(id) - before;
    }
}
