package io.tautwire.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.HostPort;
import io.tautwire.transport.connection.Scheme;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** What one loop listens at: binds on the caller's thread, accepts on the loop's, and ends before the loop. */
final class Listeners {
    private static final long BIND_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    private final EventLoop loop;
    private final ChannelTypes types;
    private final Connections connections;

    // Owned by the loop's thread.
    private final Set<Channel> accepting = new LinkedHashSet<>();
    private boolean isClosing;

    Listeners(EventLoop loop, ChannelTypes types, Connections connections) {
        this.loop = loop;
        this.types = types;
        this.connections = connections;
    }

    /** Binds and begins to accept, see {@link TransportLoop#listen}; any thread but the loop's. */
    Listener listen(ConnectionString at, Acceptor acceptor) {
        final AtomicReference<Listener> listener = new AtomicReference<>();
        final String unixPath = at.scheme() == Scheme.UNIX ? at.path() : null;
        final ChannelFuture bound = Channels.server(
                        loop,
                        types,
                        at,
                        connections,
                        () -> new Connection(
                                connections, null, unixPath, wire -> acceptor.onAccepted(wire, listener.get())))
                .bind(addressOf(at));
        if (!bound.awaitUninterruptibly(BIND_TIMEOUT_NS, TimeUnit.NANOSECONDS)) {
            bound.channel().close();
            throw new TautwireException(
                    Code.TIMED_OUT, "cannot listen at " + at + ": the loop is busy; no handler may block its thread");
        }
        if (!bound.isSuccess()) {
            throw cannotListen(at, bound.cause());
        }
        listener.set(new Listener(bound.channel(), at));
        try {
            loop.execute(() -> accept(bound.channel()));
        } catch (RejectedExecutionException e) {
            throw TransportLoop.closed(e);
        }
        return listener.get();
    }

    /** Closes all, and those that are bound too late; on the loop's thread. */
    void close() {
        isClosing = true;
        new ArrayList<>(accepting).forEach(Channel::close);
    }

    private void accept(Channel channel) {
        if (isClosing) {
            channel.close();
            return;
        }
        accepting.add(channel);
        channel.closeFuture().addListener(future -> accepting.remove(channel));
        channel.config().setAutoRead(true);
    }

    private SocketAddress addressOf(ConnectionString at) {
        if (at.scheme() == Scheme.UNIX) {
            SocketFile.removeStale(at.path());
            return types.unixAddress().apply(at.path());
        }
        final HostPort host = at.hosts().get(0);
        try {
            return new InetSocketAddress(Resolver.addresses(host.host()).get(0), host.port());
        } catch (UnknownHostException e) {
            throw cannotListen(at, e);
        }
    }

    private static TautwireException cannotListen(ConnectionString at, Throwable cause) {
        if (cause instanceof RejectedExecutionException) {
            return TransportLoop.closed(cause);
        }
        return new TautwireException(
                Code.CONNECT_FAILED,
                "cannot listen at " + at + ": " + Connector.reason(cause)
                        + ": choose an address of this machine that is free",
                cause);
    }
}
