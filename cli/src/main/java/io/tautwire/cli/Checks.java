package io.tautwire.cli;

/** Refuses options whose value makes no sense. */
final class Checks {
    private Checks() {}

    /** Checks that an option's value lies in a range, both ends included. */
    static void between(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new UsageException("%s=%d is out of range; give %d to %d".formatted(option, value, least, most));
        }
    }

    /** Checks that an option's value is at least 1. */
    static void positive(String option, long value) {
        if (value < 1) {
            throw new UsageException(option + "=" + value + " is too small; give at least 1");
        }
    }
}
