package io.tautwire.benchmarks.latency;

import io.tautwire.benchmarks.Jvm;
import io.tautwire.client.Publication;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time that {@code offer} takes from its caller, on a session whose acknowledgements flow. Between two offers, and
 * not in their time, the caller waits where too many are under way, so that the store never fills.
 */
@BenchmarkMode({Mode.SampleTime, Mode.Throughput})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = Jvm.OPENS)
public class OfferBenchmark {
    /** A publisher that waits outside of the measured time. */
    @State(Scope.Thread)
    public static class Paced extends PublisherState {
        /**
         * Messages without an acknowledgement, at most; half of them when offering goes on. With 1 every offer finds
         * nothing under way, and wakes the thread that sends.
         */
        @Param({"1", "1024"})
        public int inFlight;

        private long offered;

        /** Waits where too many are under way. */
        @Setup(Level.Invocation)
        public void awaitRoom() {
            acknowledged.awaitRoom(offered, inFlight);
        }
    }

    /** Attempts that published nothing; zero is what the waits are for. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Refused {
        /** The store was full. */
        public long backPressured;
        /** Another thread was appending. */
        public long busy;

        private void count(long result) {
            if (result == Publication.BACK_PRESSURED) {
                backPressured++;
            } else if (result == Publication.BUSY) {
                busy++;
            } else {
                throw new IllegalStateException("offer=" + result);
            }
        }
    }

    /** One message into the publish store; refused attempts are part of its time, and counted apart. */
    @Benchmark
    public long offer(Paced state, Refused refused) {
        long sequence = state.tryOffer();
        while (sequence < 0) {
            refused.count(sequence);
            sequence = state.tryOffer();
        }
        state.offered = sequence;
        return sequence;
    }
}
