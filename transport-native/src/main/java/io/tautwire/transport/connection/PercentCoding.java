package io.tautwire.transport.connection;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding of RFC 3986 over UTF-8. A plus sign stands for itself: the Java runtime's decoder makes it a blank,
 * which would change passwords.
 */
final class PercentCoding {
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:+,";

    private PercentCoding() {}

    /**
     * The text with each {@code %XX} replaced.
     *
     * @throws IllegalArgumentException with what is wrong; the message never quotes the text.
     */
    static String decode(String text) {
        final String decoded = text.indexOf('%') < 0 ? text : decodeUtf8(text);
        if (decoded.codePoints().anyMatch(PercentCoding::isControl)) {
            throw new IllegalArgumentException("holds a control character, which is not accepted");
        }
        return decoded;
    }

    private static String decodeUtf8(String text) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        try {
            int i = 0;
            while (i < text.length()) {
                if (text.charAt(i) == '%') {
                    bytes.write(hex(text, i + 1) << 4 | hex(text, i + 2));
                    i += 3;
                } else {
                    final int end = text.offsetByCodePoints(i, 1);
                    final ByteBuffer encoded =
                            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text, i, end));
                    bytes.write(encoded.array(), encoded.position(), encoded.remaining());
                    i = end;
                }
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (final CharacterCodingException e) {
            throw new IllegalArgumentException("is not UTF-8 after percent-decoding", e);
        }
    }

    private static int hex(String text, int index) {
        final int digit =
                index < text.length() && text.charAt(index) < 128 ? Character.digit(text.charAt(index), 16) : -1;
        if (digit < 0) {
            throw new IllegalArgumentException(
                    "has bad percent-encoding: accepted is % with two hexadecimal digits, %25 for % itself");
        }
        return digit;
    }

    /** What would break a line of output, or hide what it says: controls, line separators, direction marks. */
    static boolean isControl(int codePoint) {
        final int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.FORMAT;
    }

    /** Whether the text can be written in UTF-8: half a surrogate pair cannot. */
    static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** The text so that {@link #decode} gives it back, and none of its characters divides options. */
    static String encode(String text) {
        return encode(text, PLAIN);
    }

    /** As {@link #encode}, and colon, slash, and comma are encoded too: for user, password and message type. */
    static String encodeWord(String text) {
        return encode(text, PLAIN.substring(0, PLAIN.indexOf('/')));
    }

    private static String encode(String text, String plain) {
        if (!isUnicode(text)) {
            return "%FF"; // half a surrogate pair has no UTF-8: the parser says so
        }
        final StringBuilder encoded = new StringBuilder(text.length());
        for (final byte value : text.getBytes(StandardCharsets.UTF_8)) {
            if (value > 0 && plain.indexOf(value) >= 0) {
                encoded.append((char) value);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(value >> 4 & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(value & 15, 16)));
            }
        }
        return encoded.toString();
    }
}
