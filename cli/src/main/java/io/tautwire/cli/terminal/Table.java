package io.tautwire.cli.terminal;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Results for people: a row for each thing measured, times in microseconds. */
public final class Table {
    private static final double NANOS_PER_MICRO = 1e3;

    private Table() {}

    /** The heads of the columns that {@link #percentiles} fills. */
    public static String heads(String first) {
        final StringBuilder row = new StringBuilder("%-22s".formatted(first));
        for (final Percentile percentile : Percentile.values()) {
            row.append("%11s".formatted(percentile.label()));
        }
        return row.toString();
    }

    /** A row of percentiles, in microseconds, of a histogram of nanoseconds. */
    public static String percentiles(String name, Histogram nanos) {
        final StringBuilder row = new StringBuilder("%-22s".formatted(name));
        for (final Percentile percentile : Percentile.values()) {
            row.append(String.format(Locale.ROOT, "%,11.1f", percentile.of(nanos) / NANOS_PER_MICRO));
        }
        return row.toString();
    }

    /** A row with one value, which stands in the first column of the percentiles. */
    public static String value(String name, String value) {
        return "%-22s%11s".formatted(name, value);
    }
}
