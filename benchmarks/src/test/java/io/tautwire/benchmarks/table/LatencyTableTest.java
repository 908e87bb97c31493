package io.tautwire.benchmarks.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyTableTest {
    private static final String SAMPLED = """
            [{"jmhVersion":"1.37","vmName":"VM","jdkVersion":"17",
              "benchmark":"io.tautwire.benchmarks.%s","mode":"sample",
              "params":{"uri":"%s","bodyLength":"128"%s},
              "primaryMetric":{"scoreUnit":"us/op","scorePercentiles":{"50.0":%s,"99.0":1234.5},
              "rawDataHistogram":[[[[10,1],[11,8],[90,1]],[[12,5],[13,1]]],[[[9,2],[20,1]]]]},
              "secondaryMetrics":{"gc.alloc.rate.norm":{"scorePercentiles":{"50.0":300.0}}}}]
            """;
    private static final String COUNTED = """
            [{"jmhVersion":"1.37","vmName":"VM","jdkVersion":"17",
              "benchmark":"io.tautwire.benchmarks.%s","mode":"thrpt",
              "params":{"uri":"%s","bodyLength":"128"%s},
              "primaryMetric":{"scoreError":"NaN","scoreUnit":"ops/s","scorePercentiles":{"50.0":%s,"99.0":1.0},
              "rawData":[[1000.0,3000.0],[2000.0]]},
              "secondaryMetrics":{"gc.alloc.rate.norm":{"scorePercentiles":{"50.0":0.0421}}}}]
            """;
    private static final String PARK = ",\"wait\":\"park\"";

    @TempDir
    Path directory;

    @Test
    void aTimeStandsBesideTheBaselineOfItsTransport() throws IOException {
        final String table = table(
                SAMPLED.formatted("latency.LatencyBenchmark.toDelivery", "tcps://h:0", PARK, "33.0"),
                SAMPLED.formatted("latency.EchoBenchmark.roundTrip", "unix:///", "", "5.0"),
                SAMPLED.formatted("latency.EchoBenchmark.roundTrip", "tcp://h:0", "", "11.0"),
                COUNTED.formatted("latency.LatencyBenchmark.toDelivery", "tcps://h:0", PARK, "1000.0"),
                COUNTED.formatted("CrcBenchmark.crc", "tcps://h:0", PARK, "1000.0"));
        assertEquals("""
                VM 17, JMH 1.37

                ### One message at a time, us/op

                | Row | Connection string | Body | Parameters | p50 | p99 | p50 of iterations | B/op \
                | Baseline p50 | p99 | Ratio |
                | --- | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                | `Latency.toDelivery` | `tcps://h:0` | 128 | wait=park | 33.0 | 1,235 | 9.00 to 12.0 | 0.04 \
                | 11.0 | 1,235 | 3.00 |
                """, table);
    }

    @Test
    void aRateStandsBesideItsBaseline() throws IOException {
        final String table = table(
                COUNTED.formatted("latency.ThroughputBenchmark.toDelivery", "unix:///", "", "2000.0"),
                COUNTED.formatted("latency.EchoBenchmark.batch", "unix:///", "", "50000.0"));
        assertEquals("""
                VM 17, JMH 1.37

                ### Many messages under way, ops/s

                | Row | Connection string | Body | Parameters | Median | Iterations | B/op | Baseline | Ratio |
                | --- | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |
                | `Throughput.toDelivery` | `unix:///` | 128 |  | 2,000 | 1,000 to 3,000 | 0.04 | 50,000 | 25.0 |
                """, table);
    }

    @Test
    void whatIsMissingIsShownAsMissing() throws IOException {
        final String row = table(SAMPLED.formatted("latency.OfferBenchmark.offer", "unix:///", PARK, "0.5"))
                .lines()
                .reduce((all, last) -> last)
                .orElseThrow();
        assertEquals(
                "| `Offer.offer` | `unix:///` | 128 | wait=park | 0.50 | 1,235 | 9.00 to 12.0 | 300 | - | - | - |",
                row);
    }

    @Test
    void refusedAttemptsAreShown() throws IOException {
        final String table = table(COUNTED.formatted("latency.ThroughputBenchmark.toDelivery", "unix:///", PARK, "2.0")
                .replace(
                        "\"secondaryMetrics\":{",
                        "\"secondaryMetrics\":{\"backPressured\":{\"score\":3},\"busy\":{\"score\":4},"));
        assertTrue(table.contains("| refused=7, wait=park |"), table);
    }

    private String table(String... files) throws IOException {
        final Results results = new Results();
        for (final String each : List.of(files)) {
            results.read(Files.writeString(Files.createTempFile(directory, "r", ".json"), each));
        }
        return LatencyTable.of(results);
    }
}
