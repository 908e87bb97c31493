package io.tautwire.journal;

/**
 * Keeps a value that threads share off the cache lines of its neighbours: the fields of a class lie behind those of its
 * parent. Two lines' worth on either side, for processors fetch lines in pairs.
 */
final class Padding {
    private Padding() {}

    /** What lies before the value. */
    abstract static class Before {
        long b01, b02, b03, b04, b05, b06, b07, b08, b09, b10, b11, b12, b13, b14, b15;
    }

    /** The value; its subclass has the fields that lie behind. */
    abstract static class Value extends Before {
        long value;
    }
}
