package io.tautwire.system.sim;

import io.tautwire.server.SessionView;

/** Looks now and then whether anything grows without bound, and whether names have one holder each. */
final class Watch {
    private static final long EVERY_NS = 5_000_000;
    private static final int MAX_WAITING = 20_000;
    private static final int MAX_SESSIONS = 64;

    private final SimWorld world;
    private long nextNs;

    Watch(SimWorld world) {
        this.world = world;
    }

    void check() {
        if (world.time().nowNs() >= nextNs) {
            nextNs = world.time().nowNs() + EVERY_NS;
            final int waiting = world.time().waiting();
            Broken.unless(waiting <= MAX_WAITING, Promise.BOUNDED, () -> "events waiting=" + waiting);
            if (world.server().life() != null) {
                checkSessions(world.server().life());
            }
            for (final SimClient client : world.clients()) {
                if (client.life() != null) {
                    world.names().check(client.name(), client.life());
                }
            }
        }
    }

    private static void checkSessions(ServerLife server) {
        final int sessions = server.sessions().size();
        Broken.unless(sessions <= MAX_SESSIONS, Promise.BOUNDED, () -> "sessions=" + sessions);
        for (final SessionView session : server.sessions()) {
            Broken.unless(
                    session.pendingBytes() <= 2 * Shape.LIMITS.outputBytes(),
                    Promise.BOUNDED,
                    () -> "output of " + session);
        }
    }
}
