package io.tautwire.client.internal.core.bookmark;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * Messages that were received and are not discarded, in the order of their positions, each with the place behind the
 * message received before it. Taking one out of the middle costs the same as at either end, however many there are.
 * Allocates only to grow.
 */
final class Undiscarded {
    /** No such entry. */
    static final int NONE = -1;

    private static final int INITIAL_ENTRIES = 64;

    private final Long2LongHashMap byPosition = new Long2LongHashMap(NONE);
    private long[] positions = new long[INITIAL_ENTRIES];
    private long[] befores = new long[INITIAL_ENTRIES];
    private int[] epochs = new int[INITIAL_ENTRIES];
    private int[] beforeEpochs = new int[INITIAL_ENTRIES];
    private int[] bytes = new int[INITIAL_ENTRIES];
    private int[] nexts = new int[INITIAL_ENTRIES];
    private int[] previouses = new int[INITIAL_ENTRIES];
    private int used;
    private int free = NONE;
    private int first = NONE;
    private int last = NONE;

    int count() {
        return byPosition.size();
    }

    int first() {
        return first;
    }

    int last() {
        return last;
    }

    int next(int entry) {
        return nexts[entry];
    }

    /** The entry of this position, or {@link #NONE}. */
    int find(long position) {
        return (int) byPosition.get(position);
    }

    long position(int entry) {
        return positions[entry];
    }

    /** Epoch of the session that delivered it. */
    int epoch(int entry) {
        return epochs[entry];
    }

    /** The place that the messages end at which were received before it. */
    long before(int entry) {
        return befores[entry];
    }

    /** Epoch of {@link #before}. */
    int beforeEpoch(int entry) {
        return beforeEpochs[entry];
    }

    /** What it takes up of the credit; zero for one that has not come in this life. */
    int bytes(int entry) {
        return bytes[entry];
    }

    void bytes(int entry, int alignedBytes) {
        bytes[entry] = alignedBytes;
    }

    /** Adds the message with the highest position so far. */
    int append(int epoch, long position, int beforeEpoch, long before, int alignedBytes) {
        final int entry = take();
        positions[entry] = position;
        epochs[entry] = epoch;
        befores[entry] = before;
        beforeEpochs[entry] = beforeEpoch;
        bytes[entry] = alignedBytes;
        nexts[entry] = NONE;
        previouses[entry] = last;
        if (last == NONE) {
            first = entry;
        } else {
            nexts[last] = entry;
        }
        last = entry;
        byPosition.put(position, entry);
        return entry;
    }

    void remove(int entry) {
        final int next = nexts[entry];
        final int previous = previouses[entry];
        if (previous == NONE) {
            first = next;
        } else {
            nexts[previous] = next;
        }
        if (next == NONE) {
            last = previous;
        } else {
            previouses[next] = previous;
        }
        byPosition.remove(positions[entry]);
        nexts[entry] = free;
        free = entry;
    }

    void clear() {
        byPosition.clear();
        used = 0;
        free = NONE;
        first = NONE;
        last = NONE;
    }

    private int take() {
        if (free != NONE) {
            final int entry = free;
            free = nexts[entry];
            return entry;
        }
        if (used == positions.length) {
            grow(used * 2);
        }
        return used++;
    }

    private void grow(int entries) {
        positions = Arrays.copyOf(positions, entries);
        befores = Arrays.copyOf(befores, entries);
        epochs = Arrays.copyOf(epochs, entries);
        beforeEpochs = Arrays.copyOf(beforeEpochs, entries);
        bytes = Arrays.copyOf(bytes, entries);
        nexts = Arrays.copyOf(nexts, entries);
        previouses = Arrays.copyOf(previouses, entries);
    }
}
