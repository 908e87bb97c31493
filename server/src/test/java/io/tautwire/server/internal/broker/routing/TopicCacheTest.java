package io.tautwire.server.internal.broker.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TopicCacheTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final TopicCache<String> cache = new TopicCache<>(64);

    @Test
    void findsATopicByItsBytesWhereverTheyLie() {
        put("trades/BTCUSD");
        assertEquals("trades/BTCUSD", get("trades/BTCUSD", 0));
        assertEquals("trades/BTCUSD", get("trades/BTCUSD", 13));
        assertNull(get("trades/BTCUSE", 0));
        assertNull(get("trades/BTCUS", 0));
        assertNull(get("", 0));
    }

    @Test
    void neverTellsOneTopicForAnotherAndKeepsNoMoreThanItMay() {
        for (int i = 0; i < 10_000; i++) {
            put("topic/" + i);
        }
        int kept = 0;
        for (int i = 0; i < 10_000; i++) {
            final String found = get("topic/" + i, i % 7);
            assertTrue(found == null || found.equals("topic/" + i));
            kept += found == null ? 0 : 1;
        }
        assertTrue(kept > 0 && kept <= 64, "kept=" + kept);
        assertEquals("topic/9999", get("topic/9999", 0));
    }

    @Test
    void forgetsEverythingWhenCleared() {
        put("a");
        cache.clear();
        assertNull(get("a", 0));
    }

    private void put(String topic) {
        cache.put(buffer, 3, write(topic, 3), topic);
    }

    private String get(String topic, int offset) {
        return cache.get(buffer, offset, write(topic, offset));
    }

    private int write(String topic, int offset) {
        final byte[] bytes = topic.getBytes(StandardCharsets.UTF_8);
        buffer.putBytes(offset, bytes);
        return bytes.length;
    }
}
