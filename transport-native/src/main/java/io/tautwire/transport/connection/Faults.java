package io.tautwire.transport.connection;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with one string, so that all of it is said at once. */
final class Faults {
    private final Set<String> texts = new LinkedHashSet<>();
    private final Mask mask;

    Faults(Mask mask) {
        this.mask = mask;
    }

    /** Adds a fault, whose text holds no piece of the string that did not come from {@link #mask()}. */
    void add(String text) {
        texts.add(text);
    }

    Mask mask() {
        return mask;
    }

    /** The text decoded, or null after a fault was added. */
    String decode(String what, String text) {
        try {
            if (text.indexOf(' ') >= 0) {
                throw new IllegalArgumentException("holds a blank: write %20");
            }
            return PercentCoding.decode(text);
        } catch (final IllegalArgumentException e) {
            add(what + " " + e.getMessage());
            return null;
        }
    }

    void throwIfAny() {
        if (!texts.isEmpty()) {
            final List<String> all = new ArrayList<>(texts);
            throw new ConnectionStringException(mask.masked(), all);
        }
    }
}
