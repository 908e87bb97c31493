package io.tautwire.benchmarks.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.benchmarks.TinyRun;
import io.tautwire.server.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.RunnerException;

/** Every row across a socket runs, on every transport. How long it takes is none of this test's business. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // JMH waits for its workers, interrupted or not
class LatencyRunTest {
    private static final String PACKAGE = "io\\.tautwire\\.benchmarks\\.latency\\.";
    private static final String OF_TAUTWIRE = PACKAGE + "(Latency|Throughput|Offer)";
    private static final String BASELINES = PACKAGE + "Echo";

    @TempDir
    Path directory;

    @Test
    void everyRowRunsAgainstAServerThatRunsAlready() throws RunnerException {
        try (Server server = Server.builder()
                .listen("tcp://127.0.0.1:0")
                .listen("unix:///?path=" + directory.resolve("socket"))
                .start()) {
            final String[] uris = server.listeners().stream()
                    .map(listener -> listener.uri().toString())
                    .flatMap(uri -> withEachIo(uri).stream())
                    .toArray(String[]::new);
            assertEquals(TinyRun.all(OF_TAUTWIRE), TinyRun.of(OF_TAUTWIRE, options -> options.param("uri", uris)));
            assertTrue(server.counters().received() > 0);
        }
    }

    @Test
    void aRowStartsTheServerItWants() throws RunnerException {
        final String row = PACKAGE + "LatencyBenchmark.toDelivery";
        assertEquals(TinyRun.all(row), TinyRun.of(row, options -> options.mode(Mode.SampleTime)
                .param("wait", "spin")
                .param("uri", "tcp://127.0.0.1:0", "unix:///?io=nio", "tcps://localhost:0?tls_provider=jdk")));
    }

    @Test
    void everyBaselineRuns() throws RunnerException {
        assertEquals(TinyRun.all(BASELINES), TinyRun.of(BASELINES, options -> options.mode(Mode.Throughput)));
    }

    @Test
    void aBaselineMovesFramesThatAreLongerThanTheBuffersOfItsSocket() throws RunnerException {
        final String row = PACKAGE + "EchoBenchmark.roundTrip";
        assertEquals(TinyRun.all(row), TinyRun.of(row, options -> options.param("uri", "unix:///")
                .param("bodyLength", "4000000")));
    }

    @Test
    void aRowWithTwoThreadsIsRefused() {
        assertThrows(
                RunnerException.class, () -> TinyRun.of(PACKAGE + "LatencyBenchmark", options -> options.threads(2)));
    }

    private static List<String> withEachIo(String uri) {
        final String joint = uri.contains("?") ? "&" : "?";
        return Stream.of("auto", "nio").map(io -> uri + joint + "io=" + io).toList();
    }
}
