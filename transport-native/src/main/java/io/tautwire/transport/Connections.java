package io.tautwire.transport;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/** What lives on one loop and must end before it: used on the loop's thread only. */
final class Connections {
    private final Set<Connection> open = new LinkedHashSet<>();
    private final Closers closers;
    private int handOvers;
    private Runnable whenEmpty;

    Connections(Closers closers) {
        this.closers = closers;
    }

    /** What closes a TCP channel of this loop; first in its pipeline. */
    Closing newClosing(int lingerSeconds) {
        return new Closing(lingerSeconds, closers, this);
    }

    void add(Connection connection) {
        open.add(connection);
        if (whenEmpty != null) {
            connection.close();
        }
    }

    void remove(Connection connection) {
        open.remove(connection);
        runWhenEmpty();
    }

    /** A channel is on its way from the loop to a thread that closes it. */
    void beginHandOver() {
        handOvers++;
    }

    /** It is there. */
    void endHandOver() {
        handOvers--;
        runWhenEmpty();
    }

    /** Closes all in order, and those that still come; afterwards runs the task. */
    void closeAll(Runnable whenEmpty) {
        this.whenEmpty = whenEmpty;
        new ArrayList<>(open).forEach(Connection::close);
        runWhenEmpty();
    }

    private void runWhenEmpty() {
        if (whenEmpty != null && open.isEmpty() && handOvers == 0) {
            whenEmpty.run();
        }
    }
}
