package io.tautwire.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.agrona.DirectBuffer;

/** What flyweights do with ranges of bytes. */
final class Bytes {
    private Bytes() {}

    /** Whether a range holds exactly these bytes. Allocates nothing. */
    static boolean equal(DirectBuffer buffer, int offset, int length, byte[] bytes) {
        if (length != bytes.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (buffer.getByte(offset + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** A copy of a range. */
    static byte[] copy(DirectBuffer buffer, int offset, int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    /** A range of UTF-8 as text; malformed bytes are replaced. */
    static String text(DirectBuffer buffer, int offset, int length) {
        return new String(copy(buffer, offset, length), UTF_8);
    }
}
