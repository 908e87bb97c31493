package io.tautwire.transport;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/** What lives on one loop and must end before it: used on the loop's thread only. */
final class Connections {
    private final Set<Connection> open = new LinkedHashSet<>();

    /** All there are, those that have no connection yet, or none any more, included. */
    private final Set<Channel> channels = new LinkedHashSet<>();

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

    /** A channel has been made; it counts until it has closed or left the loop. */
    void begin(Channel channel) {
        channels.add(channel);
        channel.closeFuture().addListener(closed -> channels.remove(channel));
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
    void endHandOver(Channel channel) {
        channels.remove(channel);
        handOvers--;
        runWhenEmpty();
    }

    /**
     * Closes all connections in order, and those that still come; what is no connection, for its handshake is under way
     * or has failed, at once. Netty would close such a channel with the loop, by a thread that everybody shares, and
     * give nothing back. Afterwards runs the task.
     */
    void closeAll(Runnable whenEmpty) {
        this.whenEmpty = whenEmpty;
        final Set<Channel> others = new LinkedHashSet<>(channels);
        open.forEach(connection -> others.remove(connection.channel()));
        others.forEach(Channels::closeNow);
        new ArrayList<>(open).forEach(Connection::close);
        runWhenEmpty();
    }

    private void runWhenEmpty() {
        if (whenEmpty != null && open.isEmpty() && handOvers == 0) {
            whenEmpty.run();
        }
    }
}
