package io.tautwire.server.internal.broker.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.topic.TopicPattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class PatternIndexTest {
    private static final String[] WORDS = {"a", "b", "c", "aa", "trades"};

    @Test
    void findsWhatTryingEveryPatternFinds() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final PatternIndex<Integer> index = new PatternIndex<>();
        final List<TopicPattern> patterns = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            if (random.nextInt(3) < 2 || patterns.isEmpty()) {
                final TopicPattern pattern = TopicPattern.parse(levels(random, true));
                index.add(pattern, patterns.size());
                patterns.add(pattern);
            } else {
                final int victim = random.nextInt(patterns.size());
                final TopicPattern pattern = patterns.get(victim);
                assertEquals(pattern != null, pattern != null && index.remove(pattern, victim), "seed=" + seed);
                patterns.set(victim, null);
            }
            final String topic = levels(random, false);
            assertEquals(naive(patterns, topic), matched(index, topic), "seed=" + seed + " topic=" + topic);
        }
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i) != null) {
                assertTrue(index.remove(patterns.get(i), i));
            }
        }
        assertTrue(index.isEmpty(), "seed=" + seed);
    }

    @Test
    void removesOnlyWhatIsThere() {
        final PatternIndex<String> index = new PatternIndex<>();
        index.add(TopicPattern.parse("a/+"), "x");
        assertFalse(index.remove(TopicPattern.parse("a/#"), "x"));
        assertFalse(index.remove(TopicPattern.parse("a/+/b"), "x"));
        assertFalse(index.remove(TopicPattern.parse("a/+"), "y"));
        assertTrue(index.remove(TopicPattern.parse("a/+"), "x"));
        assertFalse(index.remove(TopicPattern.parse("a/+"), "x"));
    }

    private static List<Integer> matched(PatternIndex<Integer> index, String topic) {
        final List<Integer> found = new ArrayList<>();
        index.match(topic, found);
        found.sort(null);
        return found;
    }

    private static List<Integer> naive(List<TopicPattern> patterns, String topic) {
        final byte[] bytes = topic.getBytes(StandardCharsets.UTF_8);
        final List<Integer> found = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i) != null && patterns.get(i).matches(new UnsafeBuffer(bytes), 0, bytes.length)) {
                found.add(i);
            }
        }
        return found;
    }

    private static String levels(Random random, boolean isPattern) {
        final int count = 1 + random.nextInt(4);
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : "/");
            final int kind = isPattern ? random.nextInt(10) : 9;
            if (kind == 0 && i == count - 1) {
                text.append('#');
            } else {
                text.append(kind <= 2 ? "+" : WORDS[random.nextInt(WORDS.length)]);
            }
        }
        return text.toString();
    }
}
