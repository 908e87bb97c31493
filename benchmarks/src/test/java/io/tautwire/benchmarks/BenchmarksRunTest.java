package io.tautwire.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs, with each of its parameters. How long it takes is none of this test's business. */
class BenchmarksRunTest {
    @Test
    @Timeout(120)
    void everyRowRuns() throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true"); // nothing is measured here, so nothing can be disturbed
        final Options options = new OptionsBuilder()
                .include("io\\.tautwire\\.benchmarks\\.")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        final Collection<RunResult> results = new Runner(options).run();
        assertEquals(all(), ran(results));
    }

    private static Set<String> all() {
        final Set<String> names = new TreeSet<>();
        BenchmarkList.defaultList().getAll(null, List.of()).forEach(entry -> names.add(entry.getUsername()));
        return names;
    }

    private static Set<String> ran(Collection<RunResult> results) {
        final Set<String> names = new TreeSet<>();
        results.forEach(result -> names.add(result.getParams().getBenchmark()));
        return names;
    }
}
