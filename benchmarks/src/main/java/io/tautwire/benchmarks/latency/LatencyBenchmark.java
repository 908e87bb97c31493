package io.tautwire.benchmarks.latency;

import io.tautwire.benchmarks.Jvm;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One message at a time: a thread of the application offers it, waits until the receive thread has told it of the
 * answer, and offers the next. Throughput mode says the same by its mean, and what is allocated without what sampling
 * itself allocates.
 */
@BenchmarkMode({Mode.SampleTime, Mode.Throughput})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 2, jvmArgsAppend = Jvm.OPENS)
public class LatencyBenchmark {
    /** Until its own publisher learns that it is acknowledged. Nobody subscribes. */
    @Benchmark
    public long toAcknowledgement(PublisherState state) {
        final long sequence = state.offer();
        state.acknowledged.await(sequence);
        return sequence;
    }

    /** Until the handler of another session has been called with it. Its acknowledgement is under way as well. */
    @Benchmark
    public long toDelivery(SubscriberState state) {
        final long sequence = state.offer();
        state.delivered.await(sequence);
        return sequence;
    }
}
