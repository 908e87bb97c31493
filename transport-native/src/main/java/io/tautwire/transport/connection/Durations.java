package io.tautwire.transport.connection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as connection strings and the command line have them: {@code 250ms}, {@code 5s}, {@code 2m}. */
public final class Durations {
    /** What is accepted, for messages. */
    public static final String ACCEPTED = "a duration such as 250ms, 5s or 2m, from 1ms to 1440m";

    private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,9})(ms|s|m)");
    private static final long NS_PER_MS = 1_000_000;
    private static final long MAX_MS = 24L * 60 * 60 * 1_000;

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @param text digits and one of the units ms, s, m.
     * @return nanoseconds, from a millisecond to a day.
     * @throws IllegalArgumentException if it is none; the message says what is accepted.
     */
    public static long parseNs(String text) {
        final Matcher matcher = SYNTAX.matcher(text);
        if (matcher.matches()) {
            final long ms = Long.parseLong(matcher.group(1)) * unitMs(matcher.group(2));
            if (ms >= 1 && ms <= MAX_MS) {
                return ms * NS_PER_MS;
            }
        }
        throw new IllegalArgumentException("accepted is " + ACCEPTED);
    }

    private static long unitMs(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            default -> 60_000;
        };
    }
}
