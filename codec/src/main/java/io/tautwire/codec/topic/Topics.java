package io.tautwire.codec.topic;

import org.agrona.DirectBuffer;

/**
 * The rules of a topic: 1 to {@value #MAX_LENGTH} bytes of UTF-8, in levels split by {@code /}, none of them empty;
 * no {@code +}, no {@code #}, no control characters (U+0000 to U+001F, U+007F). Topics are compared byte by byte.
 *
 * <p>Stateless; any thread.
 */
public final class Topics {
    /** Longest topic or pattern, in bytes. */
    public static final int MAX_LENGTH = 255;

    private Topics() {}

    /**
     * Looks for the first fault. Takes any bytes, throws and allocates nothing.
     *
     * @return -1 for a topic; else the byte at fault, counted from {@code offset}: 0 when there are no bytes,
     *     {@link #MAX_LENGTH} when there are too many, the {@code /} beside an empty level, or the first byte of a
     *     character that may not be here or is not UTF-8.
     */
    public static int fault(DirectBuffer buffer, int offset, int length) {
        return Syntax.fault(buffer, offset, length, Syntax.Rules.TOPIC);
    }

    /**
     * Refuses what is not a topic.
     *
     * @throws io.tautwire.TautwireException with {@code TOPIC_INVALID}, naming the byte position of the fault.
     */
    public static void check(DirectBuffer buffer, int offset, int length) {
        Syntax.check(buffer, offset, length, Syntax.Rules.TOPIC);
    }

    /**
     * Refuses what is not a topic. Allocates.
     *
     * @throws io.tautwire.TautwireException with {@code TOPIC_INVALID}, naming the byte position of the fault in
     *     UTF-8; a lone surrogate is a fault.
     */
    public static void check(CharSequence topic) {
        encode(topic);
    }

    /**
     * The topic's bytes in UTF-8, checked.
     *
     * @throws io.tautwire.TautwireException as {@link #check(CharSequence)}.
     */
    public static byte[] encode(CharSequence topic) {
        return Syntax.encode(topic, Syntax.Rules.TOPIC);
    }

    /**
     * Where the level that begins at {@code index} ends: at the next {@code /}, or at {@code end}. With this an index
     * walks a topic: the next level begins one further, unless this is {@code end}.
     */
    public static int levelEnd(DirectBuffer buffer, int index, int end) {
        int i = index;
        while (i < end && buffer.getByte(i) != Syntax.SEPARATOR) {
            i++;
        }
        return i;
    }
}
