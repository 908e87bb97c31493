package io.tautwire.journal;

import java.util.Arrays;

/**
 * Where each of a journal's epochs began. A new one begins with every open that does not follow an orderly close: what
 * was appended last may be gone then, and its positions are given out again. So a position tells what lay there only
 * together with an epoch, and only below the epoch's end. Immutable.
 */
public final class Epochs {
    private final int[] numbers;
    private final long[] starts;

    private Epochs(int[] numbers, long[] starts) {
        this.numbers = numbers;
        this.starts = starts;
    }

    /** One epoch, which begins at position 0. */
    public static Epochs first(int epoch) {
        return new Epochs(new int[] {epoch}, new long[] {0});
    }

    /**
     * These and a new epoch, which is the current one from then on.
     *
     * @param epoch higher than the current one.
     * @param start where it begins, which is where all before it end at the latest.
     * @throws IllegalArgumentException if the epoch is not higher, or the position negative.
     */
    public Epochs with(int epoch, long start) {
        if (epoch <= current() || start < 0) {
            throw new IllegalArgumentException(
                    "epoch=" + epoch + " start=" + start + " cannot follow epoch=" + current());
        }
        final int count = numbers.length;
        final int[] moreNumbers = Arrays.copyOf(numbers, count + 1);
        final long[] moreStarts = Arrays.copyOf(starts, count + 1);
        moreNumbers[count] = epoch;
        moreStarts[count] = start;
        return new Epochs(moreNumbers, moreStarts);
    }

    /** The epoch that is appended to. */
    public int current() {
        return numbers[numbers.length - 1];
    }

    /** How many are known. */
    public int count() {
        return numbers.length;
    }

    /** Number of the epoch at an index, from 0, in the order in which they began. */
    public int epoch(int index) {
        return numbers[index];
    }

    /** Where the epoch at an index began. */
    public long start(int index) {
        return starts[index];
    }

    /** Whether there was such an epoch. */
    public boolean contains(int epoch) {
        return Arrays.binarySearch(numbers, epoch) >= 0;
    }

    /**
     * Where an epoch ended: the first position that a later one gave out again, or {@link Long#MAX_VALUE} for the
     * current one.
     *
     * @throws IllegalArgumentException if there was no such epoch.
     */
    public long end(int epoch) {
        final int index = Arrays.binarySearch(numbers, epoch);
        if (index < 0) {
            throw new IllegalArgumentException("epoch=" + epoch + " is not known: " + this);
        }
        long end = Long.MAX_VALUE;
        for (int i = index + 1; i < starts.length; i++) {
            end = Math.min(end, starts[i]);
        }
        return end;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Epochs
                && Arrays.equals(numbers, ((Epochs) other).numbers)
                && Arrays.equals(starts, ((Epochs) other).starts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(numbers) + Arrays.hashCode(starts);
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder("epochs=");
        for (int i = 0; i < numbers.length; i++) {
            text.append(i == 0 ? "" : ",").append(numbers[i]).append('@').append(starts[i]);
        }
        return text.toString();
    }
}
