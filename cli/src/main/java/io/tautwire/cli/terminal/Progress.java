package io.tautwire.cli.terminal;

import java.util.concurrent.TimeUnit;

/**
 * One line on a terminal that is drawn over itself; silent where there is none. One thread at a time.
 */
public final class Progress implements AutoCloseable {
    /** How often a line is worth drawing again. */
    public static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final int BAR_CELLS = 30;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Terminal terminal;
    private long nextNs;
    private boolean drawn;

    /** A line on the standard error of the terminal given. */
    public Progress(Terminal terminal) {
        this.terminal = terminal;
        this.nextNs = System.nanoTime();
    }

    /** True when a line should be drawn now; making one up at another time is waste. */
    public boolean isDue() {
        return terminal.interactive() && System.nanoTime() - nextNs >= 0;
    }

    /** Draws the text in place of the one before. */
    public void show(String text) {
        if (terminal.interactive()) {
            terminal.err().print(ERASE_LINE + text);
            terminal.err().flush();
            nextNs = System.nanoTime() + INTERVAL_NS;
            drawn = true;
        }
    }

    @Override
    public void close() {
        erase();
    }

    /** Removes the line, so that what is written next begins on a clean one. */
    public void erase() {
        if (drawn) {
            terminal.err().print(ERASE_LINE);
            terminal.err().flush();
            drawn = false;
        }
    }

    /**
     * A bar for a part of a whole, such as {@code [#####.....]  50%}.
     *
     * @param done  how much is done.
     * @param total of how much; positive.
     */
    public static String bar(long done, long total) {
        final int cells = (int) (done * BAR_CELLS / total);
        return "[" + "#".repeat(cells) + ".".repeat(BAR_CELLS - cells) + "] %3d%%".formatted(done * 100 / total);
    }

    /** A rate in messages a second over the time given, for people: {@code 1,234 msg/s}. */
    public static String rate(long messages, long elapsedNs) {
        return "%,d msg/s".formatted(perSecond(messages, elapsedNs));
    }

    private static long perSecond(long messages, long elapsedNs) {
        return elapsedNs <= 0 ? 0 : Math.round(messages * (double) TimeUnit.SECONDS.toNanos(1) / elapsedNs);
    }
}
