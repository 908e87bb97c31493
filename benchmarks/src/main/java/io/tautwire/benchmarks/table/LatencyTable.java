package io.tautwire.benchmarks.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints the tables of the latency rows, from the files that JMH has written. */
public final class LatencyTable {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final List<Row> rows;
    private final StringBuilder text = new StringBuilder();

    private LatencyTable(Results results) {
        rows = results.rows;
    }

    /**
     * Reads all files and prints to the output.
     *
     * @param args names of files that JMH has written with {@code -rf json -prof gc}.
     */
    public static void main(String[] args) throws IOException {
        final Results results = new Results();
        for (final String file : args) {
            results.read(Path.of(file));
        }
        System.out.print(of(results));
    }

    /** All tables for which there are rows. */
    static String of(Results results) {
        final LatencyTable table = new LatencyTable(results);
        table.text.append(results.environment).append('\n');
        table.times("One message at a time", "Latency", "Echo.roundTrip");
        table.times("`offer` alone", "Offer", "Echo.write");
        table.rates("Many messages under way", "Throughput", "Echo.batch");
        return table.text.toString();
    }

    private void times(String title, String group, String baseline) {
        final List<Row> found = find(group, Row.SAMPLE);
        if (found.isEmpty()) {
            return;
        }
        head(title, found.get(0).unit());
        line(
                "Row",
                "Connection string",
                "Body",
                "Parameters",
                "p50",
                "p99",
                "p50 of iterations",
                "B/op",
                "Baseline p50",
                "p99",
                "Ratio");
        line("---", "---", "---:", "---", "---:", "---:", "---:", "---:", "---:", "---:", "---:");
        for (final Row row : found) {
            final Optional<Row> base = baselineOf(row, baseline);
            line(
                    "`" + row.benchmark() + "`",
                    "`" + row.uri() + "`",
                    row.body(),
                    row.otherParameters(),
                    number(row.p50()),
                    number(row.p99()),
                    number(row.low()) + " to " + number(row.high()),
                    number(bytesOf(row)),
                    number(base.map(Row::p50).orElse(Double.NaN)),
                    number(base.map(Row::p99).orElse(Double.NaN)),
                    number(base.map(Row::p50).map(p50 -> row.p50() / p50).orElse(Double.NaN)));
        }
    }

    private void rates(String title, String group, String baseline) {
        final List<Row> found = find(group, Row.THROUGHPUT);
        if (found.isEmpty()) {
            return;
        }
        head(title, found.get(0).unit());
        line("Row", "Connection string", "Body", "Parameters", "Median", "Iterations", "B/op", "Baseline", "Ratio");
        line("---", "---", "---:", "---", "---:", "---:", "---:", "---:", "---:");
        for (final Row row : found) {
            final double base = baselineOf(row, baseline).map(Row::p50).orElse(Double.NaN);
            line(
                    "`" + row.benchmark() + "`",
                    "`" + row.uri() + "`",
                    row.body(),
                    row.otherParameters(),
                    number(row.p50()),
                    number(row.low()) + " to " + number(row.high()),
                    number(row.bytesPerOp()),
                    number(base),
                    number(base / row.p50()));
        }
    }

    private List<Row> find(String group, String mode) {
        return rows.stream()
                .filter(row -> row.group().equals(group) && row.mode().equals(mode))
                .sorted(Comparator.comparing(Row::benchmark)
                        .thenComparing(Row::otherParameters)
                        .thenComparing(row -> Integer.parseInt(row.body())))
                .toList();
    }

    private Optional<Row> baselineOf(Row row, String baseline) {
        return rows.stream()
                .filter(each -> each.benchmark().equals(baseline) && each.mode().equals(row.mode()))
                .filter(each -> each.isLike(row))
                .findFirst();
    }

    /** From the same row in throughput mode, where there is one: sampling itself allocates. */
    private double bytesOf(Row row) {
        return rows.stream()
                .filter(each -> each.mode().equals(Row.THROUGHPUT)
                        && each.benchmark().equals(row.benchmark())
                        && each.parameters().equals(row.parameters()))
                .findFirst()
                .orElse(row)
                .bytesPerOp();
    }

    private void head(String title, String unit) {
        text.append("\n### ").append(title).append(", ").append(unit).append("\n\n");
    }

    private void line(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** With three digits that mean something, and no exponent. */
    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        final int before = value < 1 ? 0 : (int) Math.floor(Math.log10(value)) + 1;
        return String.format(Locale.ROOT, "%,." + Math.max(0, SIGNIFICANT_DIGITS - Math.max(before, 1)) + "f", value);
    }
}
