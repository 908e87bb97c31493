package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.core.Start;
import io.tautwire.codec.Bookmark;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.NotFound;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Where in the server's journal a subscription begins. Immutable; any thread. */
public final class StartPoint {
    private static final StartPoint NOW = new StartPoint("now", Start.NOW);
    private static final StartPoint START = new StartPoint("start", Start.OLDEST);
    private static final StartPoint LAST = new StartPoint("last", null);

    private final String text;

    /** Null for {@link #last()}. */
    private final Start start;

    private StartPoint(String text, Start start) {
        this.text = text;
        this.start = start;
    }

    /** With what is published from now on. */
    public static StartPoint now() {
        return NOW;
    }

    /** With the oldest message that the journal holds. */
    public static StartPoint start() {
        return START;
    }

    /**
     * Where the subscription of this name stood, as its {@link BookmarkStore} knows: what was not discarded comes
     * again. A name that the store does not know begins with the oldest message.
     */
    public static StartPoint last() {
        return LAST;
    }

    /** With what came after the message of this bookmark. */
    public static StartPoint after(Bookmark bookmark) {
        return new StartPoint(
                bookmark.text(),
                Start.after(bookmark.journalId(), bookmark.epoch(), bookmark.position(), NotFound.FAIL));
    }

    /**
     * With the first message that the server appended then or later.
     *
     * @throws TautwireException CONFIGURATION_INVALID if it is before 1970 or after 2262, which timestamps cannot tell.
     */
    public static StartPoint at(Instant time) {
        return new StartPoint(time.toString(), Start.at(epochNs(time), NotFound.FAIL));
    }

    /**
     * Reads {@code now}, {@code start}, {@code last}, a bookmark as messages tell it, or a time in ISO 8601 with an
     * offset, such as {@code 2026-11-21T23:57:07.5Z}.
     *
     * @throws TautwireException CONFIGURATION_INVALID if it is nothing of that.
     */
    public static StartPoint parse(String text) {
        return switch (text) {
            case "now" -> NOW;
            case "start" -> START;
            case "last" -> LAST;
            default -> text.indexOf(':') >= 0 ? parseTime(text) : parseBookmark(text);
        };
    }

    private static StartPoint parseTime(String text) {
        try {
            return at(OffsetDateTime.parse(text).toInstant());
        } catch (final DateTimeException e) {
            throw unknown(text, e);
        }
    }

    private static StartPoint parseBookmark(String text) {
        try {
            return after(Bookmark.parse(text));
        } catch (final TautwireException e) {
            throw unknown(text, e);
        }
    }

    private static TautwireException unknown(String text, Throwable cause) {
        return new TautwireException(
                Code.CONFIGURATION_INVALID,
                "from=" + text + " is no place to begin; give now, start, last, a bookmark such as"
                        + " 1f3a66b0c2d94e10.1.4096, or a time such as 2026-11-21T23:57:07Z",
                cause);
    }

    private static long epochNs(Instant time) {
        try {
            final long ns = Math.addExact(
                    Math.multiplyExact(time.getEpochSecond(), TimeUnit.SECONDS.toNanos(1)), time.getNano());
            if (ns >= 0) {
                return ns;
            }
        } catch (final ArithmeticException e) {
            // said below
        }
        throw new TautwireException(
                Code.CONFIGURATION_INVALID, "from=" + time + " is out of range; give a time from 1970 to 2262");
    }

    boolean isLast() {
        return this == LAST;
    }

    /** As the server is asked for it; not for {@link #last()}. */
    Start start(NotFound notFound) {
        return new Start(start.at(), start.journalId(), start.epoch(), start.position(), start.timestampNs(), notFound);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StartPoint point && point.text.equals(text);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(text);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return text;
    }
}
