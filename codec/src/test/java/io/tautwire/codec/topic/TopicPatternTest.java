package io.tautwire.codec.topic;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicPatternTest {
    @ParameterizedTest
    @CsvSource({
        "trades/BTC, trades/BTC, true",
        "trades/BTC, trades/BT, false",
        "trades/BTC, trades/BTCUSD, false",
        "trades/BTC, trades, false",
        "trades, trades/BTC, false",
        "trades, tradesx, false",
        "trades/+, trades/BTC, true",
        "trades/+, trades, false",
        "trades/+, trades/BTC/spot, false",
        "+, trades, true",
        "+, trades/BTC, false",
        "+/BTC, trades/BTC, true",
        "+/BTC, trades/ETH, false",
        "trades/+/spot, trades/BTC/spot, true",
        "trades/+/spot, trades/BTC/future, false",
        "trades/+/spot, trades/spot, false",
        "trades/#, trades, true",
        "trades/#, trades/BTC, true",
        "trades/#, trades/BTC/spot, true",
        "trades/#, tradesx, false",
        "trades/#, trade, false",
        "trades/+/#, trades, false",
        "trades/+/#, trades/BTC, true",
        "trades/+/#, trades/BTC/spot/x, true",
        "+/#, trades, true",
        "+/+, a/b, true",
        "+/+/+, a/b, false",
        "#, trades, true",
        "#, trades/BTC/spot, true",
        "é/+, é/x, true",
        "é/+, e/x, false",
    })
    void matches(String pattern, String topic, boolean expected) {
        assertEquals(expected, matchesBytes(TopicPattern.parse(pattern), topic));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "/, 0",
        "a/, 1",
        "a//b, 2",
        "/#, 0",
        "a+, 1",
        "+a, 0",
        "a/+b, 2",
        "a/b+/c, 3",
        "#/a, 0",
        "a/#/b, 2",
        "a#, 1",
        "a/##, 2",
        "a/#b, 2",
        "++, 0",
        "+#, 0",
        "#+, 0",
        "+/, 1",
        "é/#/b, 3"
    })
    void namesTheByteAtFault(String pattern, int position) {
        final byte[] bytes = Bytes.utf8(pattern);
        assertEquals(position, TopicPattern.fault(Bytes.at(bytes), Bytes.OFFSET, bytes.length));
        final TautwireException refusal = assertThrows(TautwireException.class, () -> TopicPattern.parse(pattern));
        assertEquals(Code.PATTERN_INVALID, refusal.code());
        assertTrue(refusal.getMessage().contains("position=" + position), refusal.getMessage());
    }

    @Test
    void refusesControlCharactersBadUtf8AndTooManyBytes() {
        assertThrows(TautwireException.class, () -> TopicPattern.parse("a\tb/#"));
        assertThrows(TautwireException.class, () -> TopicPattern.parse("a/\uDC00/#"));
        assertThrows(TautwireException.class, () -> TopicPattern.parse("x".repeat(254) + "/#"));
        assertEquals(255, TopicPattern.parse("x".repeat(253) + "/#").text().length());
    }

    @Test
    void matchesAsThePatternSplitIntoLevelsDoes() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        int matched = 0;
        for (int i = 0; i < 200_000; i++) {
            final String topic = levels(random, new String[] {"a", "b", "ab", "é"});
            final String pattern = pattern(random);
            final boolean expected = matchesBySplitting(pattern.split("/"), topic.split("/"));
            matched += expected ? 1 : 0;
            assertEquals(
                    expected,
                    matchesBytes(TopicPattern.parse(pattern), topic),
                    () -> "seed=" + seed + " pattern=" + pattern + " topic=" + topic);
        }
        assertTrue(matched > 10_000, "seed=" + seed + " matched=" + matched);
    }

    @Test
    void neverThrowsWhateverTheBytes() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final TopicPattern[] patterns = {
            TopicPattern.parse("a"), TopicPattern.parse("+/a/+"), TopicPattern.parse("a/+/#"), TopicPattern.parse("#")
        };
        for (int i = 0; i < 100_000; i++) {
            final byte[] bytes = Bytes.random(random, i % 100 == 0 ? 300 : 10);
            assertDoesNotThrow(() -> neverThrows(bytes, patterns), () -> "seed=" + seed);
        }
    }

    @Test
    void isEqualByText() {
        final byte[] bytes = Bytes.utf8("a/+");
        final TopicPattern fromBytes = TopicPattern.parse(Bytes.at(bytes), Bytes.OFFSET, bytes.length);
        assertEquals(TopicPattern.parse("a/+"), fromBytes);
        assertEquals(TopicPattern.parse("a/+").hashCode(), fromBytes.hashCode());
        assertNotEquals(TopicPattern.parse("a/#"), fromBytes);
        assertEquals("a/+", fromBytes.text());
    }

    private static void neverThrows(byte[] bytes, TopicPattern[] patterns) {
        TopicPattern.fault(Bytes.at(bytes), Bytes.OFFSET, bytes.length);
        for (final TopicPattern pattern : patterns) {
            pattern.matches(Bytes.at(bytes), Bytes.OFFSET, bytes.length);
        }
    }

    private static boolean matchesBytes(TopicPattern pattern, String topic) {
        final byte[] bytes = Bytes.utf8(topic);
        return pattern.matches(Bytes.at(bytes), Bytes.OFFSET, bytes.length);
    }

    private static String pattern(Random random) {
        final String levels = levels(random, new String[] {"a", "b", "ab", "é", "+", "+"});
        if (random.nextInt(3) != 0) {
            return levels;
        }
        return random.nextInt(10) == 0 ? "#" : levels + "/#";
    }

    private static String levels(Random random, String[] words) {
        final String[] levels = new String[1 + random.nextInt(4)];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = words[random.nextInt(words.length)];
        }
        return String.join("/", levels);
    }

    private static boolean matchesBySplitting(String[] pattern, String[] topic) {
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i].equals("#")) {
                return true;
            }
            if (i == topic.length || !pattern[i].equals("+") && !pattern[i].equals(topic[i])) {
                return false;
            }
        }
        return pattern.length == topic.length;
    }
}
