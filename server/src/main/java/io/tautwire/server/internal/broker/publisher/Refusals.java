package io.tautwire.server.internal.broker.publisher;

import java.util.Arrays;

/**
 * Which of a publisher's commands were refused, as ranges in rising order, kept until the publisher says that it knows.
 *
 * <p>Bounded. When one more range does not fit, the oldest is forgotten, and everything up to its end becomes
 * <em>unknown</em>: better an outcome that says so than a refusal that turns into a success.
 */
final class Refusals {
    /** Ranges kept for one publisher. */
    static final int LIMIT = 1024;

    private long[] from = new long[4];
    private long[] to = new long[4];
    private int[] codes = new int[4];
    private String[] reasons = new String[4];
    private int count;
    private long unknownBelow;

    /** Number of ranges kept. */
    int count() {
        return count;
    }

    /** Sequences below this one have an outcome that is no longer known; zero when there are none. */
    long unknownBelow() {
        return unknownBelow;
    }

    long from(int index) {
        return from[index];
    }

    long to(int index) {
        return to[index];
    }

    /** Number of the code that the range was refused with. */
    int code(int index) {
        return codes[index];
    }

    String reason(int index) {
        return reasons[index];
    }

    /** Whether the next range pushes the oldest out, and that reaches to a sequence or beyond. */
    boolean wouldForget(long sequence) {
        return count == LIMIT && to[0] >= sequence;
    }

    /** Adds a refused command that follows all others. */
    void add(long sequence, int code, String reason) {
        final int last = count - 1;
        if (last >= 0 && to[last] == sequence - 1 && codes[last] == code && reasons[last].equals(reason)) {
            to[last] = sequence;
            return;
        }
        if (count == LIMIT) {
            unknownBelow = to[0] + 1;
            drop(1);
        }
        restore(sequence, sequence, code, reason);
    }

    /** Adds a refused range that follows all others, as it was. */
    void restore(long first, long last, int code, String reason) {
        ensureCapacity();
        from[count] = first;
        to[count] = last;
        codes[count] = code;
        reasons[count] = reason;
        count++;
    }

    /** As a snapshot has it. */
    void unknownBelow(long sequence) {
        unknownBelow = sequence;
    }

    /** Forgets what lies wholly below a sequence. */
    void confirmBelow(long sequence) {
        int known = 0;
        while (known < count && to[known] < sequence) {
            known++;
        }
        if (known > 0) {
            drop(known);
        }
        if (unknownBelow <= sequence) {
            unknownBelow = 0;
        }
    }

    /** Index of the first range that ends at or after a sequence; {@link #count()} when none does. */
    int indexFor(long sequence) {
        int low = 0;
        int high = count;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (to[middle] < sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void drop(int ranges) {
        final int kept = count - ranges;
        System.arraycopy(from, ranges, from, 0, kept);
        System.arraycopy(to, ranges, to, 0, kept);
        System.arraycopy(codes, ranges, codes, 0, kept);
        System.arraycopy(reasons, ranges, reasons, 0, kept);
        Arrays.fill(reasons, kept, count, null);
        count = kept;
    }

    private void ensureCapacity() {
        if (count == from.length) {
            final int capacity = count * 2;
            from = Arrays.copyOf(from, capacity);
            to = Arrays.copyOf(to, capacity);
            codes = Arrays.copyOf(codes, capacity);
            reasons = Arrays.copyOf(reasons, capacity);
        }
    }
}
