package io.tautwire.codec.topic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * What a subscription asks for: a topic in which {@code +} may stand for exactly one whole level, and {@code #}, as
 * the last level, for the rest: zero or more levels. {@code trades/#} takes {@code trades}, {@code trades/BTC} and
 * {@code trades/BTC/spot}; {@code #} takes every topic. All else is as in {@link Topics}.
 *
 * <p>Immutable; any thread. Two patterns are equal when their text is.
 */
public final class TopicPattern {
    private final byte[] bytes;
    private final String text;

    private TopicPattern(byte[] bytes) {
        this.bytes = bytes;
        this.text = new String(bytes, StandardCharsets.UTF_8);
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

    /** The pattern as it was given. */
    public String text() {
        return text;
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
}
