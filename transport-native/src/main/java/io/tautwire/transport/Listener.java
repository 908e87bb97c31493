package io.tautwire.transport;

import io.netty.channel.Channel;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.Scheme;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Accepts connections on its {@link TransportLoop} until it, or the loop, is closed. For any thread. */
public final class Listener implements AutoCloseable {
    private static final long CLOSE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);

    private final Channel channel;
    private final ConnectionString uri;
    private final int port;
    private final boolean isLocal;

    Listener(Channel channel, ConnectionString at) {
        this.channel = channel;
        if (at.scheme() == Scheme.UNIX) {
            port = 0;
            uri = at;
            isLocal = true;
        } else {
            final InetSocketAddress bound = (InetSocketAddress) channel.localAddress();
            port = bound.getPort();
            uri = at.withPort(port);
            isLocal = bound.getAddress().isLoopbackAddress();
        }
    }

    /** What was listened at, with the real port where it was 0. */
    public ConnectionString uri() {
        return uri;
    }

    /** The real port; 0 for a Unix socket. */
    public int port() {
        return port;
    }

    /** Whether only programs of this machine can connect: a loopback address or a Unix socket. */
    public boolean isLocal() {
        return isLocal;
    }

    /**
     * Accepts no more, frees the address and removes a Unix socket's file; connections already accepted live on. Waits
     * until that is done, at most 2 seconds, unless called on the loop's thread. Idempotent.
     */
    @Override
    public void close() {
        final var closed = channel.close();
        if (!channel.eventLoop().inEventLoop()) {
            closed.awaitUninterruptibly(CLOSE_TIMEOUT_NS, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
