package io.tautwire.journal.file;

import org.agrona.concurrent.UnsafeBuffer;

/** Fills memory with zeros where it is not zero already, so that untouched pages of a file stay untouched. */
final class Zeros {
    private static final int STEP = FormatPrologue.PAGE;

    private Zeros() {}

    static void fill(UnsafeBuffer memory, int from, int to) {
        int at = from;
        while (at < to) {
            final int end = Math.min(to, (at & -STEP) + STEP);
            if (!isZero(memory, at, end)) {
                memory.setMemory(at, end - at, (byte) 0);
            }
            at = end;
        }
    }

    /** Both ends are multiples of 8. */
    private static boolean isZero(UnsafeBuffer memory, int from, int to) {
        long bits = 0;
        for (int i = from; i < to; i += Long.BYTES) {
            bits |= memory.getLong(i);
        }
        return bits == 0;
    }
}
