package io.tautwire.codec.topic;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * UTF-8 checked by hand (RFC 3629), because the JDK's decoder must be given a {@code ByteBuffer} and a place for its
 * characters. Overlong forms, surrogates and what lies beyond U+10FFFF are faults. Nothing here throws or, but for
 * {@link #encode}, allocates.
 */
public final class Utf8 {
    private Utf8() {}

    /**
     * Looks for the first fault.
     *
     * @return position of the first byte of the first malformed sequence, counted from {@code offset}, or -1.
     */
    public static int fault(DirectBuffer buffer, int offset, int length) {
        final int end = offset + length;
        int index = offset;
        while (index < end) {
            final int taken = sequenceLength(buffer, index, end);
            if (taken == 0) {
                return index - offset;
            }
            index += taken;
        }
        return -1;
    }

    /** Bytes of the character at {@code index}, 1 to 4, or 0 when it is malformed or cut off by {@code end}. */
    static int sequenceLength(DirectBuffer buffer, int index, int end) {
        final int first = buffer.getByte(index);
        if (first >= 0) {
            return 1;
        }
        final int lead = first & 0xFF;
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        final int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (length > end - index || !isSecondAllowed(lead, buffer.getByte(index + 1) & 0xFF)) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((buffer.getByte(index + i) & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** The second byte alone tells overlong forms, surrogates and too high code points (Unicode, table 3-7). */
    private static boolean isSecondAllowed(int lead, int second) {
        final int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        final int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        return second >= lowest && second <= highest;
    }

    /**
     * Encodes the text, or its first {@code maxChars} characters. A lone surrogate becomes the three bytes that
     * {@link #fault} reports, where the JDK would put a question mark and hide it.
     */
    static byte[] encode(CharSequence text, int maxChars) {
        final int chars = Math.min(text.length(), maxChars);
        final byte[] bytes = new byte[chars * 3];
        int length = 0;
        for (int i = 0; i < chars; i++) {
            final char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < chars && Character.isLowSurrogate(text.charAt(i + 1))) {
                length = putFour(bytes, length, Character.toCodePoint(c, text.charAt(++i)));
            } else {
                length = putUpToThree(bytes, length, c);
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    private static int putUpToThree(byte[] bytes, int at, char c) {
        if (c < 0x80) {
            bytes[at] = (byte) c;
            return at + 1;
        }
        if (c < 0x800) {
            bytes[at] = (byte) (0xC0 | c >> 6);
            bytes[at + 1] = continuation(c);
            return at + 2;
        }
        bytes[at] = (byte) (0xE0 | c >> 12);
        bytes[at + 1] = continuation(c >> 6);
        bytes[at + 2] = continuation(c);
        return at + 3;
    }

    private static int putFour(byte[] bytes, int at, int codePoint) {
        bytes[at] = (byte) (0xF0 | codePoint >> 18);
        bytes[at + 1] = continuation(codePoint >> 12);
        bytes[at + 2] = continuation(codePoint >> 6);
        bytes[at + 3] = continuation(codePoint);
        return at + 4;
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | bits & 0x3F);
    }
}
