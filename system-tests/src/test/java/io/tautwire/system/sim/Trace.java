package io.tautwire.system.sim;

import java.util.ArrayList;
import java.util.List;

/** What happened, line by line with its virtual time: equal for equal seeds, and what to read when one fails. */
final class Trace {
    private final VirtualTime time;
    private final List<String> lines = new ArrayList<>();

    Trace(VirtualTime time) {
        this.time = time;
    }

    void add(String what) {
        lines.add(time.nowNs() + " " + what);
    }

    List<String> lines() {
        return lines;
    }

    /** The last lines, for a failure's message. */
    String tail(int count) {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }
}
