package io.tautwire.benchmarks.latency;

import io.tautwire.benchmarks.Jvm;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** The baselines: frames of the same length through plain blocking sockets, to a process that looks at nothing. */
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.OPENS)
public class EchoBenchmark {
    /** Of {@link LatencyBenchmark}: one frame there and back. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    @Fork(value = 2, jvmArgsAppend = Jvm.OPENS)
    public int roundTrip(EchoState state) throws IOException {
        return state.exchange(state.frame);
    }

    /** Of {@link ThroughputBenchmark}: {@value EchoState#BATCH} frames written at once, and read back. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @OperationsPerInvocation(EchoState.BATCH)
    public int batch(EchoState state) throws IOException {
        return state.exchange(state.frames);
    }

    /** Of {@link OfferBenchmark}: one frame written, with a system call; nobody answers. */
    @Benchmark
    @BenchmarkMode({Mode.SampleTime, Mode.Throughput})
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public void write(EchoState.Discarded state) throws IOException {
        state.write(state.frame, 0, state.frame.capacity());
    }
}
