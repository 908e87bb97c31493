package io.tautwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PingCommandTest extends WithServer {
    @ParameterizedTest
    @ValueSource(strings = {"receive", "application"})
    void timesAcknowledgementsAndDeliveries(String driver) {
        final CommandRun run = CommandRun.run(
                "ping", uri("io=nio"), "--count", "200", "--warmup", "10", "--size", "7", "--driver", driver, "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.err());
        final Map<String, Object> json = run.json();
        assertEquals(
                List.of("io", "count", "size", "ackLevel", "driver", "ackNanos", "deliverNanos"),
                List.copyOf(json.keySet()));
        assertEquals("nio", json.get("io"));
        assertEquals(200L, json.get("count"));
        assertEquals(7L, json.get("size"));
        assertEquals("received", json.get("ackLevel"));
        assertEquals(driver, json.get("driver"));
        assertPercentiles(json.get("ackNanos"));
        assertPercentiles(json.get("deliverNanos"));
    }

    static void assertPercentiles(Object nanos) {
        final Map<?, ?> percentiles = (Map<?, ?>) nanos;
        assertEquals(List.of("p50", "p90", "p99", "p999", "max"), List.copyOf(percentiles.keySet()));
        long least = 1;
        for (final Object value : percentiles.values()) {
            assertTrue((Long) value >= least, percentiles.toString());
            least = (Long) value;
        }
    }

    @Test
    void showsATable() {
        final CommandRun run = CommandRun.run("ping", uri(), "--count", "10", "--warmup", "0");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("to acknowledgement") && run.out().contains("to delivery"), run.out());
    }

    @Test
    void aMessageThatIsTooLargeIsAFailureInOneLine() {
        final CommandRun run = CommandRun.run("ping", uri("max_frame=65536"), "--count", "10", "--size", "100000");
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains("MESSAGE_TOO_LARGE"), run.err());
    }

    @Test
    void theUserCanEndIt() {
        try (CommandRun run = CommandRun.start("ping", uri(), "--count", "1000000000")) {
            run.interrupt().awaitEnd();
            assertEquals(1, run.exitCode());
            assertEquals(1, run.errLines().size(), run.err());
        }
    }
}
