package io.tautwire.codec.topic;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Buffers for the tests of this package; texts do not begin at 0, so that a forgotten offset shows. */
final class Bytes {
    static final int OFFSET = 3;

    private Bytes() {}

    static DirectBuffer at(byte[] bytes) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[OFFSET + bytes.length]);
        buffer.putBytes(OFFSET, bytes);
        return buffer;
    }

    static byte[] of(int... values) {
        final byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes that are often nearly text, so that more than the first one is looked at. */
    static byte[] random(Random random, int maxLength) {
        final int[] likely = {'a', 'b', '/', '+', '#', 0x1F, 0x7F, 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xED, 0xF0, 0x9F, 0x80
        };
        final byte[] bytes = new byte[random.nextInt(maxLength + 1)];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            if (random.nextInt(8) != 0) {
                bytes[i] = (byte) likely[random.nextInt(likely.length)];
            }
        }
        return bytes;
    }
}
