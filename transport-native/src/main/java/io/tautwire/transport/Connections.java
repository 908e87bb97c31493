package io.tautwire.transport;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/** What lives on one loop and must end before it: used on the loop's thread only. */
final class Connections {
    private final Set<Connection> open = new LinkedHashSet<>();
    private Runnable whenEmpty;

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

    /** Closes all in order, and those that still come; afterwards runs the task. */
    void closeAll(Runnable whenEmpty) {
        this.whenEmpty = whenEmpty;
        new ArrayList<>(open).forEach(Connection::close);
        runWhenEmpty();
    }

    private void runWhenEmpty() {
        if (whenEmpty != null && open.isEmpty()) {
            whenEmpty.run();
        }
    }
}
