package io.tautwire.client.internal.core;

import org.agrona.collections.Long2LongHashMap;

/**
 * The last sequence that one subscription has seen of each incarnation: what is not beyond it came before. A server
 * that lost the end of its journal gets from the publishers again what it had delivered already, at other positions.
 *
 * <p>Bounded: of more than {@value #MAX_INCARNATIONS} incarnations those go that were silent longest, by generations of
 * half as many. Allocates nothing once it has grown.
 */
final class SeenSequences {
    static final int MAX_INCARNATIONS = 16_384;

    private static final int GENERATION = MAX_INCARNATIONS / 2;
    private static final int INITIAL_CAPACITY = 8;
    private static final float LOAD_FACTOR = 0.65f;

    /** Sequences begin at 1. */
    private static final long NONE = 0;

    private Long2LongHashMap recent = new Long2LongHashMap(INITIAL_CAPACITY, LOAD_FACTOR, NONE);
    private Long2LongHashMap older = new Long2LongHashMap(INITIAL_CAPACITY, LOAD_FACTOR, NONE);

    /** One publisher's messages come in runs, so its entry is kept at hand, and put back when another's come. */
    private long currentIncarnation;

    private long currentSequence = NONE;

    /** Whether this was seen before. */
    boolean isSeen(long incarnation, long sequence) {
        return sequence <= last(incarnation);
    }

    /** This was seen now. */
    void add(long incarnation, long sequence) {
        if (sequence > last(incarnation)) {
            currentSequence = sequence;
        }
    }

    private long last(long incarnation) {
        if (incarnation != currentIncarnation || currentSequence == NONE) {
            keep();
            currentIncarnation = incarnation;
            currentSequence = find(incarnation);
        }
        return currentSequence;
    }

    private long find(long incarnation) {
        final long found = recent.get(incarnation);
        return found == NONE ? older.get(incarnation) : found;
    }

    private void keep() {
        if (currentSequence == NONE) {
            return;
        }
        if (recent.size() == GENERATION && !recent.containsKey(currentIncarnation)) {
            final Long2LongHashMap emptied = older;
            older = recent;
            recent = emptied;
            recent.clear();
        }
        recent.put(currentIncarnation, currentSequence);
    }
}
