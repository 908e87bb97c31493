package io.tautwire.client.internal;

import org.agrona.MutableDirectBuffer;

/**
 * Text written as UTF-8 straight from a CharSequence, without the String and the array that the JDK's encoders need.
 * A lone surrogate becomes '?', as there.
 */
public final class Utf8Text {
    private static final int REPLACEMENT = '?';

    private Utf8Text() {}

    /** Bytes that the text takes up. */
    public static int length(CharSequence text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            final int codePoint = codePoint(text, i);
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            i += codePoint >> 16 == 0 ? 0 : 1;
        }
        return bytes;
    }

    /**
     * Writes the text.
     *
     * @param length what {@link #length} said.
     * @throws IllegalStateException if the text has changed since; nothing was written beyond the length.
     */
    public static void put(MutableDirectBuffer buffer, int offset, int length, CharSequence text) {
        final int end = offset + length;
        int at = offset;
        for (int i = 0; i < text.length(); i++) {
            final int codePoint = codePoint(text, i);
            if (codePoint < 0x80) {
                check(at + 1 <= end);
                buffer.putByte(at++, (byte) codePoint);
            } else if (codePoint < 0x800) {
                check(at + 2 <= end);
                buffer.putByte(at++, (byte) (0xC0 | codePoint >> 6));
                buffer.putByte(at++, tail(codePoint));
            } else if (codePoint < 0x10000) {
                check(at + 3 <= end);
                buffer.putByte(at++, (byte) (0xE0 | codePoint >> 12));
                buffer.putByte(at++, tail(codePoint >> 6));
                buffer.putByte(at++, tail(codePoint));
            } else {
                check(at + 4 <= end);
                buffer.putByte(at++, (byte) (0xF0 | codePoint >> 18));
                buffer.putByte(at++, tail(codePoint >> 12));
                buffer.putByte(at++, tail(codePoint >> 6));
                buffer.putByte(at++, tail(codePoint));
                i++;
            }
        }
        check(at == end);
    }

    private static int codePoint(CharSequence text, int index) {
        final char first = text.charAt(index);
        if (!Character.isSurrogate(first)) {
            return first;
        }
        if (Character.isHighSurrogate(first) && index + 1 < text.length()) {
            final char second = text.charAt(index + 1);
            if (Character.isLowSurrogate(second)) {
                return Character.toCodePoint(first, second);
            }
        }
        return REPLACEMENT;
    }

    private static byte tail(int codePoint) {
        return (byte) (0x80 | codePoint & 0x3F);
    }

    private static void check(boolean same) {
        if (!same) {
            throw new IllegalStateException("the text changed while it was written; publish one that nobody changes");
        }
    }
}
