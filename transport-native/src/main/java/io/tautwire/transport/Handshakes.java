package io.tautwire.transport;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Accepted connections whose TLS handshake is not done: bounded, because no handler knows of them yet. Used on the
 * loop's thread only.
 */
final class Handshakes {
    /** A peer costs a socket and a few buffers before it has shown that it can do a handshake. */
    static final int MOST = 1024;

    private final Set<Channel> open = new LinkedHashSet<>();

    /** Counts one in until it closes or {@link #end} is called; false where there are too many. */
    boolean begin(Channel channel) {
        if (open.size() >= MOST) {
            return false;
        }
        open.add(channel);
        channel.closeFuture().addListener(closed -> open.remove(channel));
        return true;
    }

    void end(Channel channel) {
        open.remove(channel);
    }
}
