package io.tautwire.system.sim;

/** The machine that the server runs on. It can be stopped, killed or lose its power, and comes back a while later. */
final class SimServer {
    private final SimWorld world;
    private final Trace trace;
    private ServerLife life;
    private int lives;
    private boolean isStarting;

    SimServer(SimWorld world) {
        this.world = world;
        this.trace = world.trace();
        start();
    }

    /** Null while it is down. */
    ServerLife life() {
        return life;
    }

    /** Goodbye to everybody, then the end. */
    void stop(long downNs) {
        if (life != null && !life.isStopping()) {
            trace.add("server", "stops");
            final ServerLife stopping = life;
            stopping.stop(() -> end(stopping, downNs));
        }
    }

    /** The process dies; its machine closes the connections. */
    void kill(long downNs) {
        if (life != null) {
            trace.add("server", "is killed");
            final ServerLife killed = life;
            end(killed, downNs);
            killed.links().forEach(link -> link.cut("server killed"));
        }
    }

    /** The machine is off: nobody is told, and what was not forced may be lost. */
    void powerCut(long downNs) {
        if (life != null) {
            trace.add("server", "loses its power");
            final ServerLife cut = life;
            end(cut, downNs);
            cut.links().forEach(link -> link.vanish(false, false));
            // Once it is up again it answers with a reset what comes on connections that it does not know.
            world.time().after(downNs, () -> cut.links().forEach(link -> link.vanish(true, false)));
        }
    }

    private void end(ServerLife ending, long downNs) {
        if (life == ending) {
            ending.end();
            life = null;
            world.time().after(downNs, this::start);
        }
    }

    private void start() {
        final JournalView before = world.view();
        life = new ServerLife(world, ++lives);
        world.begin(life);
        trace.add("server", "runs, life ", lives);
        if (before != null) {
            world.ledger().checkSurvivors(life.view(), before, null, 0);
        }
    }
}
