package io.tautwire.codec.topic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "trades/BTCUSD", "a/b/c/d", "Börse/€/😀", " ", "a b/c", "$x", "..", "a*b"})
    void takesATopic(String topic) {
        assertEquals(-1, fault(Bytes.utf8(topic)));
        assertArrayEquals(Bytes.utf8(topic), Topics.encode(topic));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "/, 0",
        "/a, 0",
        "a/, 1",
        "a//b, 2",
        "a/b//, 4",
        "trades/+, 7",
        "a+b, 1",
        "#, 0",
        "a/#, 2",
        "é/+, 3",
        "€//b, 4"
    })
    void namesTheByteAtFault(String topic, int position) {
        assertEquals(position, fault(Bytes.utf8(topic)));
        final TautwireException refusal = assertThrows(TautwireException.class, () -> Topics.check(topic));
        assertEquals(Code.TOPIC_INVALID, refusal.code());
        assertTrue(refusal.getMessage().contains("position=" + position), refusal.getMessage());
    }

    @Test
    void refusesControlCharacters() {
        for (char c = 0; c <= 0x7F; c++) {
            final String topic = "ab" + c + "d";
            final boolean isAllowed = c >= ' ' && c != 0x7F && c != '+' && c != '#';
            assertEquals(isAllowed ? -1 : 2, fault(Bytes.utf8(topic)), "character=" + (int) c);
        }
    }

    @Test
    void showsNoControlCharacterInItsMessage() {
        final TautwireException refusal = assertThrows(TautwireException.class, () -> Topics.check("a\nb"));
        assertTrue(refusal.getMessage().contains("topic='a\\u000Ab' position=1"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("\n"));
    }

    @Test
    void takes255BytesAndNoMore() {
        assertEquals(-1, fault(Bytes.utf8("x".repeat(255))));
        assertEquals(255, fault(Bytes.utf8("x".repeat(256))));
        assertEquals(255, fault(Bytes.utf8("x".repeat(254) + "é")));
        assertThrows(TautwireException.class, () -> Topics.check("x".repeat(1_000_000)));
    }

    @Test
    void refusesTextWithALoneSurrogate() {
        final TautwireException refusal = assertThrows(TautwireException.class, () -> Topics.check("aé\uD83D/b"));
        assertTrue(refusal.getMessage().contains("position=3"), refusal.getMessage());
    }

    @Test
    void neverThrowsWhateverTheBytes() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            final byte[] bytes = Bytes.random(random, i % 100 == 0 ? 300 : 10);
            final int fault = assertDoesNotThrow(() -> fault(bytes), () -> "seed=" + seed);
            assertTrue(fault >= -1 && fault <= Topics.MAX_LENGTH, () -> "seed=" + seed);
            if (fault >= 0) {
                assertThrows(
                        TautwireException.class,
                        () -> Topics.check(Bytes.at(bytes), Bytes.OFFSET, bytes.length),
                        () -> "seed=" + seed);
            }
        }
    }

    @Test
    void walksATopicLevelByLevel() {
        final byte[] topic = Bytes.utf8("ab/c");
        final int end = Bytes.OFFSET + topic.length;
        assertEquals(Bytes.OFFSET + 2, Topics.levelEnd(Bytes.at(topic), Bytes.OFFSET, end));
        assertEquals(end, Topics.levelEnd(Bytes.at(topic), Bytes.OFFSET + 3, end));
    }

    private static int fault(byte[] bytes) {
        return Topics.fault(Bytes.at(bytes), Bytes.OFFSET, bytes.length);
    }
}
