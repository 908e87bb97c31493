package io.tautwire.codec.topic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a subscription asks for: a topic in which {@code +} may stand for exactly one whole level, and {@code #}, as
 * the last level, for the rest: zero or more levels. {@code trades/#} takes {@code trades}, {@code trades/BTC} and
 * {@code trades/BTC/spot}; {@code #} takes every topic. All else is as in {@link Topics}.
 *
 * <p>Immutable; any thread. Two patterns are equal when their text is.
 */
public final class TopicPattern {
    private final byte[] bytes;
    private final DirectBuffer buffer;
    private final String text;
    private final int[] levelStarts;
    private final boolean isLiteral;

    private TopicPattern(byte[] bytes) {
        this.bytes = bytes;
        this.buffer = new UnsafeBuffer(bytes);
        this.text = new String(bytes, StandardCharsets.UTF_8);
        this.levelStarts = levelStarts(buffer, bytes.length);
        boolean literal = true;
        for (final byte b : bytes) {
            literal &= b != Syntax.ONE_LEVEL && b != Syntax.REST;
        }
        this.isLiteral = literal;
    }

    /** As {@link Topics#fault}, by the rules of a pattern. A misplaced wildcard is the fault's position. */
    public static int fault(DirectBuffer buffer, int offset, int length) {
        return Syntax.fault(buffer, offset, length, Syntax.Rules.PATTERN);
    }

    /**
     * Reads a pattern.
     *
     * @throws io.tautwire.TautwireException with {@code PATTERN_INVALID}, naming the byte position of the fault in
     *     UTF-8; a lone surrogate is a fault.
     */
    public static TopicPattern parse(String pattern) {
        return new TopicPattern(Syntax.encode(pattern, Syntax.Rules.PATTERN));
    }

    /**
     * Reads a pattern from bytes, which are copied.
     *
     * @throws io.tautwire.TautwireException with {@code PATTERN_INVALID}, naming the byte position of the fault.
     */
    public static TopicPattern parse(DirectBuffer buffer, int offset, int length) {
        Syntax.check(buffer, offset, length, Syntax.Rules.PATTERN);
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new TopicPattern(bytes);
    }

    /**
     * Whether this pattern takes the topic. Allocates nothing.
     *
     * @param topic holds a topic that {@link Topics#fault} found none in; other bytes give a meaningless answer, but
     *     no exception.
     */
    public boolean matches(DirectBuffer topic, int offset, int length) {
        final int topicEnd = offset + length;
        int t = offset;
        int p = 0;
        while (bytes[p] != Syntax.REST) {
            if (bytes[p] == Syntax.ONE_LEVEL) {
                t = Topics.levelEnd(topic, t, topicEnd);
                p++;
            } else {
                while (p < bytes.length && bytes[p] != Syntax.SEPARATOR) {
                    if (t == topicEnd || topic.getByte(t) != bytes[p]) {
                        return false;
                    }
                    t++;
                    p++;
                }
            }
            if (p == bytes.length) {
                return t == topicEnd;
            }
            if (t == topicEnd) {
                return bytes[p + 1] == Syntax.REST;
            }
            if (topic.getByte(t) != Syntax.SEPARATOR) {
                return false;
            }
            t++;
            p++;
        }
        return true;
    }

    /** Whether it holds no wildcard, and so takes one topic only: its own text. */
    public boolean isLiteral() {
        return isLiteral;
    }

    /** The pattern as it was given. */
    public String text() {
        return text;
    }

    /** The pattern in UTF-8, for an index; not to be written to. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Number of bytes in {@link #buffer}. */
    public int length() {
        return bytes.length;
    }

    /** Number of levels, wildcards included; at least 1. */
    public int levelCount() {
        return levelStarts.length;
    }

    /** Where a level, counted from 0, begins in {@link #buffer}. */
    public int levelOffset(int level) {
        return levelStarts[level];
    }

    /** Length of a level in bytes. */
    public int levelLength(int level) {
        final int next = level + 1 == levelStarts.length ? bytes.length + 1 : levelStarts[level + 1];
        return next - 1 - levelStarts[level];
    }

    /** Whether the level is {@code +}: any one level. */
    public boolean isOneLevel(int level) {
        return bytes[levelStarts[level]] == Syntax.ONE_LEVEL;
    }

    /** Whether the level is {@code #}: zero or more levels. True at most for the last one. */
    public boolean isRest(int level) {
        return bytes[levelStarts[level]] == Syntax.REST;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicPattern && Arrays.equals(bytes, ((TopicPattern) other).bytes);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private static int[] levelStarts(DirectBuffer buffer, int length) {
        final int[] starts = new int[length];
        int count = 0;
        for (int start = 0; start < length; start = Topics.levelEnd(buffer, start, length) + 1) {
            starts[count++] = start;
        }
        return Arrays.copyOf(starts, count);
    }
}
