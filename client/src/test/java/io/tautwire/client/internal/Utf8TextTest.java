package io.tautwire.client.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class Utf8TextTest {
    @Test
    void writesWhatTheJdkWrites() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            final StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                switch (random.nextInt(4)) {
                    case 0 -> text.append((char) random.nextInt(0x80));
                    case 1 -> text.append((char) random.nextInt(0x10000)); // lone surrogates included
                    case 2 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                    default -> text.append((char) (0x80 + random.nextInt(0x780)));
                }
            }
            assertArrayEquals(text.toString().getBytes(UTF_8), encode(text), "seed=" + seed + " text=" + text);
        }
    }

    @Test
    void textThatGrowsMeanwhileIsRefusedAndWritesNothingBeyondItsLength() {
        final StringBuilder text = new StringBuilder("ab");
        final byte[] bytes = new byte[4];
        final int length = Utf8Text.length(text);
        text.append("cd");
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        assertThrows(IllegalStateException.class, () -> Utf8Text.put(buffer, 0, length, text));
        assertEquals(0, bytes[2]);
    }

    private static byte[] encode(CharSequence text) {
        final byte[] bytes = new byte[Utf8Text.length(text)];
        Utf8Text.put(new UnsafeBuffer(bytes), 0, bytes.length, text);
        return bytes;
    }
}
