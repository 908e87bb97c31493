package io.tautwire.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.HostPort;
import io.tautwire.transport.connection.Scheme;
import io.tautwire.transport.internal.tls.Tls;
import io.tautwire.transport.internal.tls.TlsEvents;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** What one loop listens at: binds on the caller's thread, accepts on the loop's, and ends before the loop. */
final class Listeners {
    private static final long BIND_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    private final EventLoop loop;
    private final ChannelTypes types;
    private final Connections connections;
    private final Executor tlsTasks;

    // Owned by the loop's thread.
    private final Set<Channel> accepting = new LinkedHashSet<>();
    private final Handshakes handshakes = new Handshakes();
    private boolean isClosing;

    Listeners(EventLoop loop, ChannelTypes types, Connections connections, Executor tlsTasks) {
        this.loop = loop;
        this.types = types;
        this.connections = connections;
        this.tlsTasks = tlsTasks;
    }

    /** Binds and begins to accept, see {@link TransportLoop#listen}; any thread but the loop's. */
    Listener listen(ConnectionString at, Acceptor acceptor) {
        final Tls tls = at.scheme() == Scheme.TCPS ? Tls.of(at) : null;
        try {
            return listen(at, acceptor, tls);
        } catch (Throwable t) {
            if (tls != null) {
                tls.release();
            }
            throw t;
        }
    }

    private Listener listen(ConnectionString at, Acceptor acceptor, Tls tls) {
        final AtomicReference<Listener> listener = new AtomicReference<>();
        final String unixPath = at.scheme() == Scheme.UNIX ? at.path() : null;
        final Channels.Security security = tls == null
                ? Channels.Security.NONE
                : (channel, connection) -> secure(channel, connection, tls, acceptor, listener);
        final ChannelFuture bound = Channels.server(
                        loop,
                        types,
                        at,
                        connections,
                        () -> new Connection(
                                connections, null, unixPath, wire -> acceptor.onAccepted(wire, listener.get())),
                        security)
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
            loop.execute(() -> accept(bound.channel(), tls));
        } catch (RejectedExecutionException e) {
            throw TransportLoop.closed(e);
        }
        return listener.get();
    }

    private boolean secure(
            Channel channel, Connection connection, Tls tls, Acceptor acceptor, AtomicReference<Listener> listener) {
        if (!handshakes.begin(channel)) {
            acceptor.onRefused(
                    new TautwireException(
                            Code.LIMIT_REACHED,
                            "peer=" + Connection.describePeer(channel) + " handshakes=" + Handshakes.MOST
                                    + " are under way already: the next ones are refused"),
                    listener.get());
            Channels.closeNow(channel);
            return false;
        }
        tls.install(channel, null, tlsTasks, new TlsEvents() {
            @Override
            public boolean onSecured(String certificateUser) {
                handshakes.end(channel);
                connection.secured(certificateUser);
                return true;
            }

            @Override
            public void onFailed(Channel failed, TautwireException failure) {
                acceptor.onRefused(
                        new TautwireException(
                                failure.code(),
                                "peer=" + Connection.describePeer(failed) + " listener="
                                        + listener.get().uri().hosts().get(0) + ": "
                                        + failure.detail(),
                                failure.getCause()),
                        listener.get());
            }
        });
        return true;
    }

    /** Closes all, and those that are bound too late; on the loop's thread. */
    void close() {
        isClosing = true;
        new ArrayList<>(accepting).forEach(Channel::close);
    }

    private void accept(Channel channel, Tls tls) {
        if (tls != null) {
            channel.closeFuture().addListener(future -> tls.release());
        }
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
