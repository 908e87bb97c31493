package io.tautwire.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jmh.runner.RunnerException;

/** Every benchmark in memory runs, with each of its parameters. How long it takes is none of this test's business. */
class BenchmarksRunTest {
    private static final String IN_MEMORY = "io\\.tautwire\\.benchmarks\\.[A-Z]";

    @Test
    @Timeout(120)
    void everyRowRuns() throws RunnerException {
        assertEquals(TinyRun.all(IN_MEMORY), TinyRun.of(IN_MEMORY));
    }
}
