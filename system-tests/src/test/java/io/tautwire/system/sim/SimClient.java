package io.tautwire.system.sim;

/** An application on a machine of its own. Its process can be ended or killed, and is started again a while later. */
final class SimClient {
    private final SimWorld world;
    private final String name;
    private final int number;
    private final boolean isPretty;
    private final ClientDisk disk;
    private ClientLife life;
    private int lives;

    /** @param name of the client, which another one may have, too. */
    SimClient(SimWorld world, int number, String name, boolean isPretty) {
        this.world = world;
        this.number = number;
        this.name = name;
        this.isPretty = isPretty;
        this.disk = world.shape().hasFileStores() && number % 2 == 0 ? new ClientDisk(number) : null;
        start();
    }

    String name() {
        return name;
    }

    /** Where its publish store lies; null where that goes with the process. */
    ClientDisk disk() {
        return disk;
    }

    boolean isPretty() {
        return isPretty;
    }

    /** Null while it is down. */
    ClientLife life() {
        return life;
    }

    /** The process dies: its connection ends, or only falls silent. */
    void kill(Chance chance) {
        if (life != null) {
            world.trace().add(toString(), "is killed");
            life.kill(chance.oneIn(4));
            restart(chance);
        }
    }

    /** The client is closed. */
    void close(Chance chance) {
        if (life != null) {
            world.trace().add(toString(), "closes");
            final ClientLife closing = life;
            closing.close(() -> {
                if (life == closing) {
                    closing.kill(false);
                    restart(chance);
                }
            });
        }
    }

    private void restart(Chance chance) {
        life = null;
        world.time().after(chance.below(100_000_000), this::start);
    }

    private void start() {
        life = new ClientLife(world, this, ++lives);
    }

    @Override
    public String toString() {
        return "client " + number + " " + name;
    }
}
