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

    /** Closes all in order, and those that still come; afterwards runs the task. */
    void closeAll(Runnable whenEmpty) {
        this.whenEmpty = whenEmpty;
        new ArrayList<>(open).forEach(Connection::close);
        runWhenEmpty();
    }

    private void runWhenEmpty() {
        if (whenEmpty == null || !open.isEmpty() || handOvers > 0) {
            return;
        }
        // Left are those whose handshake failed and that wait for their peer's end. Netty would close them with the
        // loop, by a thread that everybody shares, and give nothing back.
        new ArrayList<>(channels).forEach(Channels::closeNow);
        if (handOvers == 0) {
            whenEmpty.run();
        }
    }
}
