package io.tautwire.server.internal.broker;

/**
 * Up to which sequence a session may acknowledge: remembers, for each step that a session published in, where the
 * journal ended then. Bounded: when more steps wait for the disk than are remembered the last two become one, so an
 * acknowledgement may come later than it could, and never earlier than it may.
 */
final class DurableSequence {
    /** Steps that may wait; the disk takes all that has come meanwhile at once, so few do. */
    private static final int CAPACITY = 64;

    private final long[] sequences = new long[CAPACITY];
    private final long[] ends = new long[CAPACITY];
    private int first;
    private int count;
    private long marked;
    private long durable;

    /**
     * Nothing waits.
     *
     * @param durable everything up to this sequence may be told.
     */
    DurableSequence(long durable) {
        this.durable = durable;
        this.marked = durable;
    }

    /**
     * A step ends.
     *
     * @param sequence that was handled last.
     * @param end      of the journal: every frame of a command up to that sequence lies below.
     */
    void mark(long sequence, long end) {
        if (sequence <= marked) {
            return;
        }
        marked = sequence;
        if (count < CAPACITY) {
            count++;
        }
        final int last = first + count - 1 & CAPACITY - 1;
        sequences[last] = sequence;
        ends[last] = end;
    }

    /** The journal keeps everything below a position; returns up to which sequence may be told now. */
    long advance(long position) {
        while (count > 0 && ends[first] <= position) {
            durable = sequences[first];
            first = first + 1 & CAPACITY - 1;
            count--;
        }
        return durable;
    }

    /** Whether something waits for the journal. */
    boolean isWaiting() {
        return count > 0;
    }
}
