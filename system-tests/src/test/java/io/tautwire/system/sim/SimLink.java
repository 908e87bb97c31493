package io.tautwire.system.sim;

/**
 * A connection between two processes. Bytes arrive in order but late, in pieces of any size, until it ends: closed,
 * broken, or half-open, so that only one side learns of it, or none.
 */
final class SimLink {
    private final VirtualTime time;
    private final Chance chance;
    private final Trace trace;
    private final String name;
    private final SimWire client;
    private final SimWire server;
    private boolean isBroken;
    private boolean isBlackHole;

    SimLink(SimWorld world, String name, Life clientLife, Life serverLife) {
        this.time = world.time();
        this.chance = world.chance(name);
        this.trace = world.trace();
        this.name = name;
        this.client = new SimWire(this, name + ">", clientLife);
        this.server = new SimWire(this, name + "<", serverLife);
        client.pair(server);
        server.pair(client);
    }

    SimWire client() {
        return client;
    }

    SimWire server() {
        return server;
    }

    /** Breaks: each side still gets some of the bytes under way, cut anywhere, and then the end. */
    void cut(String why) {
        trace.add(name, "cut: " + why);
        isBroken = true;
        client.truncate(chance);
        server.truncate(chance);
        client.endSoon();
        server.endSoon();
    }

    /** Nothing arrives any more. Sides may be told, too. */
    void vanish(boolean isClientTold, boolean isServerTold) {
        trace.add(name, "half-open, client told=" + isClientTold + " server told=" + isServerTold);
        isBroken = true;
        isBlackHole = true;
        client.drop();
        server.drop();
        if (isClientTold) {
            client.endSoon();
        }
        if (isServerTold) {
            server.endSoon();
        }
    }

    /** Whether it carries nothing more. */
    boolean isBroken() {
        return isBroken;
    }

    /** Whether all that was sent has arrived, so that both sides know what there is to know. */
    boolean isQuiet() {
        return !client.isBusy() && !server.isBusy();
    }

    /** Whether nothing, not even an end, gets from one side to the other. */
    boolean isBlackHole() {
        return isBlackHole;
    }

    VirtualTime time() {
        return time;
    }

    Chance chance() {
        return chance;
    }

    Trace trace() {
        return trace;
    }

    /** Mostly some microseconds, sometimes a millisecond. */
    long delayNs() {
        return chance.oneIn(100) ? 1_000_000 + chance.below(3_000_000) : 1_000 + chance.below(40_000);
    }
}
