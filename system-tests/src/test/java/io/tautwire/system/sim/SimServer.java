package io.tautwire.system.sim;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.journal.file.FaultyDisk;

/** The machine that the server runs on. It can be stopped, killed or lose its power, and comes back a while later. */
final class SimServer {
    private final SimWorld world;
    private final Trace trace;
    private ServerLife life;
    private int lives;
    private AckLevel lowest;
    private int troubledLife;

    SimServer(SimWorld world) {
        this.world = world;
        this.trace = world.trace();
        start();
    }

    /** Null while it is down. */
    ServerLife life() {
        return life;
    }

    /** Whether the disk was full or failed in this life: the server may find out later. */
    boolean isDiskInTrouble() {
        return troubledLife == lives;
    }

    /** Goodbye to everybody, then the end. */
    void stop(long downNs) {
        if (life != null && !life.isStopping()) {
            trace.add("server", "stops");
            final ServerLife stopping = life;
            stopping.stop(() -> {
                if (life == stopping) {
                    end(isDiskInTrouble() ? AckLevel.WRITTEN : AckLevel.RECEIVED, downNs);
                    closeJournal(stopping);
                }
            });
        }
    }

    /** The process dies; its machine closes the connections. */
    void kill(long downNs) {
        if (life != null) {
            trace.add("server", "is killed");
            final ServerLife killed = life;
            end(AckLevel.WRITTEN, downNs);
            killed.links().forEach(link -> link.cut("server killed"));
            world.disk().faulty().kill();
        }
    }

    /** The machine is off: nobody is told, and what was not forced may be lost. */
    void powerCut(long downNs) {
        if (life != null) {
            trace.add("server", "loses its power");
            final ServerLife cut = life;
            end(AckLevel.SYNCED, downNs);
            cut.links().forEach(link -> link.vanish(false, false));
            world.disk().faulty().powerCut();
            // Once it is up again it answers with a reset what comes on connections that it does not know.
            world.time().after(downNs, () -> cut.links().forEach(link -> link.vanish(true, false)));
        }
    }

    /** It dies again, soon after it is back. */
    void killAgain(long downNs, Chance luck) {
        world.time().after(downNs + luck.below(20_000_000), () -> {
            if (luck.coin()) {
                kill(1_000_000);
            } else {
                powerCut(1_000_000);
            }
        });
    }

    /** No room is left, for a while. */
    void fillDisk(long ns) {
        trace.add("server", "disk is full");
        final FaultyDisk disk = world.disk().faulty();
        disk.capacity(disk.usedBytes());
        troubledLife = lives;
        world.time().after(ns, this::healDisk);
    }

    /** The disk fails in one way or another, until somebody has looked after it. */
    void breakDisk(Chance luck) {
        final FaultyDisk disk = world.disk().faulty();
        troubledLife = lives;
        final int how = luck.below(3);
        trace.add("server", "disk fails, way ", how);
        disk.failForces(how == 0);
        disk.failWrites(how == 1);
        disk.cutWritesShort(how == 2);
        world.time().after(50_000_000, this::healDisk);
    }

    /** Somebody looks after the disk, and starts the server again. */
    void onJournalFailed() {
        final ServerLife failed = life;
        world.time().after(10_000_000, () -> {
            if (life == failed) {
                healDisk();
                kill(1_000_000);
            }
        });
    }

    private void healDisk() {
        final FaultyDisk disk = world.disk().faulty();
        disk.capacity(Long.MAX_VALUE);
        disk.failForces(false);
        disk.failWrites(false);
        disk.cutWritesShort(false);
    }

    private void closeJournal(ServerLife stopped) {
        try {
            stopped.closeJournal();
        } catch (TautwireException e) {
            Broken.unless(isDiskInTrouble(), Promise.NO_SURPRISE, () -> "the journal cannot be closed: " + e);
        }
        world.disk().faulty().kill();
    }

    private void end(AckLevel surviving, long downNs) {
        life.end();
        life = null;
        lowest = surviving;
        world.time().after(downNs, this::start);
    }

    private void start() {
        healDisk();
        life = new ServerLife(world, ++lives, world.view(), lowest);
        world.begin(life);
        trace.add("server", "runs, life ", lives);
    }
}
