package io.tautwire.benchmarks;

import io.tautwire.client.internal.OpenStore;
import io.tautwire.client.internal.StoreFile;
import io.tautwire.client.internal.StoreKeeping;
import io.tautwire.client.internal.StoreLimits;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessagePrefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One message of 128 bytes into the publish store, by where that keeps it: medians and tails, because the disk is in
 * them. The store is freed every {@value #RELEASE_EVERY} messages. In a loop a store in files is held to how fast the
 * disk takes new segments, which shows in the mean and in the tail, not in the median.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = Jvm.OPENS)
public class FileStoreBenchmark {
    private static final int RELEASE_EVERY = 64;
    private static final int BODY_LENGTH = 40;
    private static final int SEGMENT_LENGTH = 4 << 20;
    private static final long STORE_BYTES = 64 << 20;

    /** Where the store keeps what is published. */
    @Param({"MEMORY", "WRITTEN", "SYNCED"})
    public StoreKeeping keeping;

    private final UnsafeBuffer body = new UnsafeBuffer(new byte[BODY_LENGTH]);
    private Path directory;
    private OpenStore store;
    private MessagePrefix prefix;

    /** Makes the store. */
    @Setup
    public void setUp() throws IOException {
        directory = Files.createTempDirectory("tautwire-bench");
        store = keeping == StoreKeeping.MEMORY ? Stores.usual(1) : open();
        prefix = MessagePrefix.builder()
                .clientName("pricer-1")
                .incarnation(store.incarnation())
                .topic("trades/BTCUSD")
                .build();
    }

    private OpenStore open() {
        final StoreLimits limits = new StoreLimits(FrameDescriptor.DEFAULT_MAX_FRAME, STORE_BYTES, 0, (from, to) -> {});
        return StoreFile.open(directory, "pricer-1", SEGMENT_LENGTH, 2 * STORE_BYTES, keeping, limits, fault -> {
            throw fault;
        });
    }

    /** Publishes one message, as soon as there is room. */
    @Benchmark
    public long offer() {
        long sequence = store.begin(prefix, BODY_LENGTH);
        while (sequence < 0) {
            Thread.onSpinWait();
            sequence = store.begin(prefix, BODY_LENGTH);
        }
        store.buffer().putBytes(store.frameOffset() + prefix.bodyOffset(), body, 0, BODY_LENGTH);
        store.commit(prefix, BODY_LENGTH);
        if (sequence % RELEASE_EVERY == 0) {
            Stores.release(store);
        }
        return sequence;
    }

    /** Closes the store and deletes its files. */
    @TearDown
    public void tearDown() throws IOException {
        store.close();
        if (store.isQuiet()) {
            store.letGo();
        }
        final List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(directory)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
