package io.tautwire.benchmarks.table;

import java.util.Map;

/**
 * One result of JMH.
 *
 * @param benchmark  class and method, without the package and the word Benchmark: {@code Latency.toDelivery}.
 * @param mode       JMH's word: {@code sample} or {@code thrpt}.
 * @param parameters names and values, in order of names.
 * @param unit       of the scores, as JMH says it.
 * @param p50        the median: of all samples, or of all iterations.
 * @param p99        of the same.
 * @param low        the lowest median of an iteration.
 * @param high       the highest.
 * @param bytesPerOp allocated; NaN when it was not measured.
 * @param refused    attempts that were no operations, and should not have been.
 */
record Row(
        String benchmark,
        String mode,
        Map<String, String> parameters,
        String unit,
        double p50,
        double p99,
        double low,
        double high,
        double bytesPerOp,
        double refused) {
    static final String SAMPLE = "sample";
    static final String THROUGHPUT = "thrpt";
    private static final String URI = "uri";
    private static final String BODY = "bodyLength";
    private static final String UNIX = "unix:";

    String group() {
        return benchmark.substring(0, benchmark.indexOf('.'));
    }

    String uri() {
        return parameters.getOrDefault(URI, "");
    }

    String body() {
        return parameters.getOrDefault(BODY, "");
    }

    /** What has no column of its own. */
    String otherParameters() {
        final StringBuilder text = new StringBuilder(refused > 0 ? "refused=%.0f".formatted(refused) : "");
        parameters.forEach((name, value) -> {
            if (!name.equals(URI) && !name.equals(BODY)) {
                text.append(text.isEmpty() ? "" : ", ").append(name).append('=').append(value);
            }
        });
        return text.toString();
    }

    /** Whether this can be a baseline of a row: bytes of the same length the same way. */
    boolean isLike(Row row) {
        return body().equals(row.body()) && uri().startsWith(UNIX) == row.uri().startsWith(UNIX);
    }
}
