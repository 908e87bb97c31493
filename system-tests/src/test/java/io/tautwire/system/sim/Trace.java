package io.tautwire.system.sim;

import java.util.ArrayList;
import java.util.List;

/** What happened, in order: the same for the same seed. Kept only when asked for, because it costs half of a run. */
final class Trace {
    private final VirtualTime time;
    private final boolean isKept;
    private final List<String> lines = new ArrayList<>();

    Trace(VirtualTime time, boolean isKept) {
        this.time = time;
        this.isKept = isKept;
    }

    boolean isKept() {
        return isKept;
    }

    void add(String who, String what) {
        if (isKept) {
            lines.add(String.format("%13.6f ms %-14s %s", time.nowNs() / 1e6, who, what));
        }
    }

    void add(String who, String what, long number) {
        if (isKept) {
            add(who, what + number);
        }
    }

    List<String> lines() {
        return lines;
    }
}
