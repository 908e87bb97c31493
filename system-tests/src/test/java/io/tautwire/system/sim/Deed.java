package io.tautwire.system.sim;

/** What may happen in a world, with how often it does. */
enum Deed {
    PUBLISH(600),
    SUBSCRIBE(60),
    UNSUBSCRIBE(20),
    LEAVE(10),
    CUT(30),
    HALF_OPEN(10),
    SLOW_READER(15),
    CLIENT_CLOSE(3),
    CLIENT_KILL(6),
    SERVER_STOP(1),
    SERVER_KILL(2),
    POWER_CUT(2),
    DISK_FULL(1),
    DISK_FAILS(1);

    private final int weight;

    Deed(int weight) {
        this.weight = weight;
    }

    /** One of them, by chance. */
    static Deed by(Chance chance) {
        int total = 0;
        for (final Deed deed : values()) {
            total += deed.weight;
        }
        int at = chance.below(total);
        for (final Deed deed : values()) {
            at -= deed.weight;
            if (at < 0) {
                return deed;
            }
        }
        throw new IllegalStateException();
    }
}
