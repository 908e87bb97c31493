package io.tautwire.benchmarks.latency;

import io.tautwire.benchmarks.Jvm;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Many messages under way: one thread offers as fast as answers come. When {@link Window#inFlight} messages have no
 * answer it waits until half of them have.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.OPENS)
public class ThroughputBenchmark {
    /** How many are under way. */
    @State(Scope.Thread)
    public static class Window {
        /** Messages without an answer, at most. */
        @Param("1024")
        public int inFlight;
    }

    /** Messages acknowledged in a second. */
    @Benchmark
    public long toAcknowledgement(PublisherState state, Window window) {
        final long sequence = state.offer();
        state.acknowledged.awaitRoom(sequence, window.inFlight);
        return sequence;
    }

    /** Messages delivered in a second, to the handler of another session. */
    @Benchmark
    public long toDelivery(SubscriberState state, Window window) {
        final long sequence = state.offer();
        state.delivered.awaitRoom(sequence, window.inFlight);
        return sequence;
    }
}
