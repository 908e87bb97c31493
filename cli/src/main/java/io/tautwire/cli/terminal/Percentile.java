package io.tautwire.cli.terminal;

import org.HdrHistogram.Histogram;

/** The percentiles that every measurement is shown with. */
public enum Percentile {
    /** The median. */
    P50("p50", 50),
    /** One of ten is slower. */
    P90("p90", 90),
    /** One of a hundred is slower. */
    P99("p99", 99),
    /** One of a thousand is slower. */
    P999("p999", 99.9),
    /** The slowest. */
    MAX("max", 100);

    private final String label;
    private final double percent;

    Percentile(String label, double percent) {
        this.label = label;
        this.percent = percent;
    }

    /** The name in JSON and in tables. */
    public String label() {
        return label;
    }

    /** The value in a histogram, in its unit. */
    public long of(Histogram histogram) {
        return this == MAX ? histogram.getMaxValue() : histogram.getValueAtPercentile(percent);
    }
}
