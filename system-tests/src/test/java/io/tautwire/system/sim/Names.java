package io.tautwire.system.sim;

import java.util.HashMap;
import java.util.Map;

/** Who was told last that it holds a client name. Whoever held it before must learn soon that it does not. */
final class Names {
    private static final long GRACE_NS = 50_000_000;

    private final VirtualTime time;
    private final Map<String, Holding> holdings = new HashMap<>();

    Names(VirtualTime time) {
        this.time = time;
    }

    void loggedOn(String name, ClientLife by, JournalView at) {
        holdings.put(name, new Holding(by, at, time.nowNs()));
    }

    /** Held against whoever is logged on: two who hear the server cannot both hold one name. */
    void check(String name, ClientLife life) {
        final Holding last = holdings.get(name);
        if (last != null
                && last.by != life
                && last.at == life.view()
                && last.sinceNs + GRACE_NS < time.nowNs()
                && last.by.hears()
                && life.hears()) {
            throw new Broken(
                    Promise.ONE_HOLDER,
                    name + " was taken over by " + last.by + " at " + last.sinceNs + " ns, but " + life
                            + " still holds it",
                    null);
        }
    }

    private record Holding(ClientLife by, JournalView at, long sinceNs) {}
}
