package io.tautwire.server.internal.broker.routing;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A bounded cache of what was worked out for a topic, found by the topic's bytes. A hit allocates nothing.
 *
 * <p>It is set-associative: a topic can lie in one of {@value #WAYS} places, and a new one takes its set's next place
 * in turn. So neither an unlucky nor a hostile choice of topics costs more than misses, and nothing ever has to be
 * rehashed.
 *
 * @param <V> what is kept for a topic.
 */
public final class TopicCache<V> {
    private static final int WAYS = 4;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final Entry<V>[] entries;
    private final int setMask;
    private int turn;
    private int size;

    /**
     * An empty cache.
     *
     * @param capacity topics to keep at most; rounded up to a power of two.
     */
    @SuppressWarnings("unchecked")
    public TopicCache(int capacity) {
        final int sets = Integer.highestOneBit(Math.max(1, (capacity - 1) / WAYS)) << 1;
        entries = (Entry<V>[]) new Entry<?>[sets * WAYS];
        setMask = sets - 1;
    }

    /** What is kept for the topic, or null. */
    public V get(DirectBuffer buffer, int offset, int length) {
        final long hash = hash(buffer, offset, length);
        final int first = firstOf(hash);
        for (int i = first; i < first + WAYS; i++) {
            final Entry<V> entry = entries[i];
            if (entry != null && entry.hash == hash && entry.holds(buffer, offset, length)) {
                return entry.value;
            }
        }
        return null;
    }

    /** Keeps a value for a topic that {@link #get} did not find; the topic is copied. */
    public void put(DirectBuffer buffer, int offset, int length, V value) {
        final long hash = hash(buffer, offset, length);
        final int index = firstOf(hash) + (turn++ & (WAYS - 1));
        entries[index] = new Entry<>(hash, copy(buffer, offset, length), value);
        size++;
    }

    /** Forgets everything. */
    public void clear() {
        if (size > 0) {
            Arrays.fill(entries, null);
            size = 0;
        }
    }

    private int firstOf(long hash) {
        return ((int) (hash >>> 32) & setMask) * WAYS;
    }

    private static UnsafeBuffer copy(DirectBuffer buffer, int offset, int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new UnsafeBuffer(bytes);
    }

    private static long hash(DirectBuffer buffer, int offset, int length) {
        long hash = length;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            hash = mix(hash ^ buffer.getLong(offset + i));
        }
        for (; i < length; i++) {
            hash = mix(hash ^ buffer.getByte(offset + i));
        }
        return hash;
    }

    private static long mix(long value) {
        final long product = value * MIX;
        return product ^ (product >>> 29);
    }

    private static final class Entry<V> {
        private final long hash;
        private final UnsafeBuffer topic;
        private final V value;

        Entry(long hash, UnsafeBuffer topic, V value) {
            this.hash = hash;
            this.topic = topic;
            this.value = value;
        }

        boolean holds(DirectBuffer buffer, int offset, int length) {
            if (topic.capacity() != length) {
                return false;
            }
            int i = 0;
            for (; i <= length - Long.BYTES; i += Long.BYTES) {
                if (topic.getLong(i) != buffer.getLong(offset + i)) {
                    return false;
                }
            }
            for (; i < length; i++) {
                if (topic.getByte(i) != buffer.getByte(offset + i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
