package io.tautwire.benchmarks.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads files that JMH has written with {@code -rf json}. */
final class Results {
    private static final String PACKAGE = "io.tautwire.benchmarks.latency.";
    private static final String SUFFIX = "Benchmark.";
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<Row> rows = new ArrayList<>();

    /** What ran them: the Java version and JMH's. */
    String environment = "";

    /** Adds the latency rows of a file; other rows are left out. */
    void read(Path file) throws IOException {
        for (final JsonNode result : JSON.readTree(file.toFile())) {
            final String name = result.path("benchmark").asText();
            if (name.startsWith(PACKAGE)) {
                rows.add(row(name.substring(PACKAGE.length()).replace(SUFFIX, "."), result));
                environment = "%s %s, JMH %s"
                        .formatted(
                                result.path("vmName").asText(),
                                result.path("jdkVersion").asText(),
                                result.path("jmhVersion").asText());
            }
        }
    }

    private static Row row(String benchmark, JsonNode result) {
        final Map<String, String> parameters = new TreeMap<>();
        for (final Map.Entry<String, JsonNode> each : result.path("params").properties()) {
            parameters.put(each.getKey(), each.getValue().asText());
        }
        final JsonNode metric = result.path("primaryMetric");
        final double[] medians = mediansOfIterations(metric);
        final JsonNode others = result.path("secondaryMetrics");
        return new Row(
                benchmark,
                result.path("mode").asText(),
                parameters,
                metric.path("scoreUnit").asText(),
                metric.path("scorePercentiles").path("50.0").asDouble(Double.NaN),
                metric.path("scorePercentiles").path("99.0").asDouble(Double.NaN),
                min(medians),
                max(medians),
                others.path("gc.alloc.rate.norm")
                        .path("scorePercentiles")
                        .path("50.0")
                        .asDouble(Double.NaN),
                others.path("backPressured").path("score").asDouble()
                        + others.path("busy").path("score").asDouble());
    }

    /** All forks one after the other. */
    private static double[] mediansOfIterations(JsonNode metric) {
        final List<Double> medians = new ArrayList<>();
        final JsonNode histograms = metric.path("rawDataHistogram");
        for (final JsonNode fork : histograms.isMissingNode() ? metric.path("rawData") : histograms) {
            for (final JsonNode iteration : fork) {
                medians.add(histograms.isMissingNode() ? iteration.asDouble() : median(iteration));
            }
        }
        return medians.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Of pairs of a value and how often it was seen. */
    private static double median(JsonNode histogram) {
        final TreeMap<Double, Long> counts = new TreeMap<>();
        long total = 0;
        for (final JsonNode pair : histogram) {
            counts.merge(pair.get(0).asDouble(), pair.get(1).asLong(), Long::sum);
            total += pair.get(1).asLong();
        }
        long seen = 0;
        for (final Map.Entry<Double, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (2 * seen >= total) {
                return entry.getKey();
            }
        }
        return Double.NaN;
    }

    private static double min(double[] values) {
        double least = Double.NaN;
        for (final double value : values) {
            least = Double.isNaN(least) ? value : Math.min(least, value);
        }
        return least;
    }

    private static double max(double[] values) {
        double most = Double.NaN;
        for (final double value : values) {
            most = Double.isNaN(most) ? value : Math.max(most, value);
        }
        return most;
    }
}
