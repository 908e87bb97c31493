package io.tautwire.benchmarks;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Benchmarks run for a millisecond each, in this JVM, to see that they work. */
public final class TinyRun {
    private TinyRun() {}

    /** Runs those that match, with all their parameters and in all their modes; the names of those that did. */
    public static Set<String> of(String pattern) throws RunnerException {
        return of(pattern, options -> {});
    }

    /** The same, with more options. */
    public static Set<String> of(String pattern, Consumer<ChainedOptionsBuilder> more) throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true"); // nothing is measured here, so nothing can be disturbed
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .include(pattern)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        more.accept(options);
        final Set<String> names = new TreeSet<>();
        new Runner(options.build())
                .run()
                .forEach(result -> names.add(result.getParams().getBenchmark()));
        return names;
    }

    /** The names of all that match. */
    public static Set<String> all(String pattern) {
        final Pattern matching = Pattern.compile(pattern);
        final Set<String> names = new TreeSet<>();
        BenchmarkList.defaultList().getAll(null, List.of()).forEach(entry -> names.add(entry.getUsername()));
        names.removeIf(name -> !matching.matcher(name).find());
        return names;
    }
}
