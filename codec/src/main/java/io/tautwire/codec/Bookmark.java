package io.tautwire.codec;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;

/**
 * Names one message of one journal. A subscription that resumes from it gets the messages after it.
 *
 * <p>As text it is opaque to users: journal id in hexadecimal digits, epoch and position in decimal ones, with dots
 * between: {@code 1f3a66b0c2d94e10.1.4096}. Immutable; any thread.
 *
 * @param journalId random id of the server's journal.
 * @param epoch     epoch of the journal in which the message was delivered; 0 or more.
 * @param position  byte offset of the message's frame in the journal; 0 or more.
 */
public record Bookmark(long journalId, int epoch, long position) {
    /** The longest text: 16 digits of journal id, 10 of epoch, 19 of position, and two dots. */
    private static final int MAX_TEXT_LENGTH = 16 + 1 + 10 + 1 + 19;

    /**
     * A bookmark of these parts.
     *
     * @throws IllegalArgumentException if epoch or position is negative.
     */
    public Bookmark {
        if (epoch < 0 || position < 0) {
            throw new IllegalArgumentException("epoch=" + epoch + " position=" + position + " is negative");
        }
    }

    /** As text, which {@link #parse} reads. Allocates. */
    public String text() {
        return Long.toHexString(journalId) + '.' + epoch + '.' + position;
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws TautwireException BOOKMARK_UNKNOWN if it is no bookmark.
     */
    public static Bookmark parse(CharSequence text) {
        final String whole = text.length() <= MAX_TEXT_LENGTH ? text.toString() : "";
        final int first = whole.indexOf('.');
        final int second = whole.indexOf('.', first + 1);
        if (first < 0 || second < 0) {
            throw malformed(text);
        }
        final String journalId = whole.substring(0, first);
        final String epoch = whole.substring(first + 1, second);
        final String position = whole.substring(second + 1);
        // Digits only: the parsers of Long and Integer take signs and other alphabets' digits as well.
        if (!isOf(journalId, "0123456789abcdef")
                || journalId.length() > 16
                || !isOf(epoch, "0123456789")
                || !isOf(position, "0123456789")) {
            throw malformed(text);
        }
        try {
            return new Bookmark(
                    Long.parseUnsignedLong(journalId, 16), Integer.parseInt(epoch), Long.parseLong(position));
        } catch (final NumberFormatException e) {
            throw malformed(text);
        }
    }

    private static boolean isOf(String part, String digits) {
        return !part.isEmpty() && part.chars().allMatch(c -> digits.indexOf(c) >= 0);
    }

    private static TautwireException malformed(CharSequence text) {
        final CharSequence shown = text.length() <= MAX_TEXT_LENGTH ? text : text.subSequence(0, MAX_TEXT_LENGTH);
        return new TautwireException(
                Code.BOOKMARK_UNKNOWN,
                "bookmark=\"" + shown + (shown == text ? "\"" : "...\"")
                        + " is malformed; give one as a message told it, like 1f3a66b0c2d94e10.1.4096");
    }

    /** As {@link #text}. */
    @Override
    public String toString() {
        return text();
    }
}
