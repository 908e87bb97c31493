package io.tautwire.codec.topic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void findsTheSameFirstFaultAsTheDecoderOfTheJdk() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            final byte[] bytes = Bytes.random(random, 12);
            assertEquals(faultByJdk(bytes), fault(bytes), () -> "seed=" + seed + " bytes=" + Arrays.toString(bytes));
        }
    }

    @Test
    void takesEveryCodePointButSurrogates() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            final String text = new String(Character.toChars(codePoint));
            final byte[] bytes = Utf8.encode(text, text.length());
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                assertEquals(0, fault(bytes), text);
            } else {
                assertEquals(-1, fault(bytes), text);
                assertArrayEquals(Bytes.utf8(text), bytes);
            }
        }
    }

    @Test
    void refusesOverlongForms() {
        assertEquals(1, fault(Bytes.of('a', 0xC0, 0xAF)));
        assertEquals(1, fault(Bytes.of('a', 0xE0, 0x9F, 0xBF)));
        assertEquals(1, fault(Bytes.of('a', 0xF0, 0x8F, 0xBF, 0xBF)));
    }

    @Test
    void refusesWhatLiesBeyondUnicode() {
        assertEquals(0, fault(Bytes.of(0xF4, 0x90, 0x80, 0x80)));
        assertEquals(0, fault(Bytes.of(0xF5, 0x80, 0x80, 0x80)));
    }

    @Test
    void refusesASequenceThatIsCutOff() {
        assertEquals(2, fault(Bytes.of('a', 'b', 0xE2, 0x82)));
    }

    private static int fault(byte[] bytes) {
        return Utf8.fault(Bytes.at(bytes), Bytes.OFFSET, bytes.length);
    }

    private static int faultByJdk(byte[] bytes) {
        final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        final ByteBuffer in = ByteBuffer.wrap(bytes);
        return decoder.decode(in, CharBuffer.allocate(bytes.length + 1), true).isError() ? in.position() : -1;
    }
}
