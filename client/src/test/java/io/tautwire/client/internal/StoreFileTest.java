package io.tautwire.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tautwire.codec.MessagePrefix;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class StoreFileTest {
    private static final int SEGMENT_LENGTH = 1 << 20;

    @TempDir
    private Path directory;

    private final List<Throwable> faults = new ArrayList<>();
    private OpenStore store;
    private MessagePrefix prefix;

    @AfterEach
    void close() {
        store.close();
        assertTrue(store.isQuiet());
        store.letGo();
        assertEquals(List.of(), faults);
    }

    @ParameterizedTest
    @CsvSource({"WRITTEN, 20000", "SYNCED, 500"})
    void publishingAllocatesNothing(StoreKeeping keeping, int rounds) {
        open(keeping);
        publish(rounds);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        publish(rounds);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        // A segment costs its preparing and its release a few hundred bytes; an object a message would be 16 bytes
        // each.
        assertTrue(allocated < 8L * rounds, "bytes=" + allocated + " in rounds=" + rounds);
    }

    @Test
    void whatASyncedStoreHasTakenIsForcedAndMayBeSent() {
        open(StoreKeeping.SYNCED);
        for (int i = 0; i < 20; i++) {
            publish(1);
            assertEquals(store.journal().tail(), store.journal().forced());
            assertEquals(store.journal().tail(), store.sendable());
        }
    }

    @Test
    void manyThreadsWaitForTheDiskTogether() throws Exception {
        open(StoreKeeping.SYNCED);
        final int threads = 80; // more than have a place to be woken at
        final List<Thread> publishers = new ArrayList<>();
        final StoreWaits waits = new StoreWaits("pricer", store, new ReceiveThread("pricer"), Long.MAX_VALUE / 4);
        for (int i = 0; i < threads; i++) {
            final Thread publisher = new Thread(() -> {
                for (int n = 0; n < 5; n++) {
                    waits.begin(prefix, 8);
                    store.commit(prefix, 8);
                }
            });
            publisher.start();
            publishers.add(publisher);
        }
        for (final Thread publisher : publishers) {
            publisher.join();
        }
        assertEquals(5L * threads, store.lastSequence());
    }

    private void open(StoreKeeping keeping) {
        final StoreLimits limits = new StoreLimits(1 << 18, 8 << 20, 0, (from, to) -> {});
        store = StoreFile.open(directory, "pricer", SEGMENT_LENGTH, 16 << 20, keeping, limits, faults::add);
        prefix = MessagePrefix.builder()
                .clientName("pricer")
                .incarnation(store.incarnation())
                .topic("trades")
                .build();
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            while (store.begin(prefix, 100) < 0) {
                Thread.onSpinWait();
            }
            store.commit(prefix, 100);
            if (i % 64 == 0) {
                Stores.release(store);
            }
        }
    }
}
