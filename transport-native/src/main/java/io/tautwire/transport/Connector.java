package io.tautwire.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionOption;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.HostPort;
import io.tautwire.transport.connection.Scheme;
import io.tautwire.transport.internal.tls.Tls;
import io.tautwire.transport.internal.tls.TlsEvents;
import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.io.FileNotFoundException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One call of {@link TransportLoop#connect}: tries the hosts in order, and of each host the addresses of the preferred
 * family before the others, each family in the system's order, until one answers. Each host has the whole connect
 * timeout, lookup included; its addresses share what is left of it, so that one that never answers does not eat the
 * others' time. Stepped on the loop's thread only.
 */
final class Connector {
    private final EventLoop loop;
    private final ConnectionString target;
    private final ConnectHandler handler;
    private final Resolver resolver;
    private final Bootstrap bootstrap;
    private final ChannelTypes types;
    private final Tls tls;
    private final Runnable whenDone;

    private final String clientName;
    private final String bindText;
    private InetSocketAddress bind;
    private final List<String> tried = new ArrayList<>();
    private final Queue<SocketAddress> addresses = new ArrayDeque<>();
    private int hostIndex;
    private HostPort host;
    private String place;
    private long hostDeadlineNs;
    private Throwable firstFailure;

    /** Counts steps, so that what comes late, of a step that is over, is known by its number. */
    private int step;

    private ChannelFuture attempt;
    private Future<?> timer;
    private boolean isDone;

    Connector(
            EventLoop loop,
            ConnectionString target,
            ConnectHandler handler,
            Resolver resolver,
            ChannelTypes types,
            Connections connections,
            Tls tls,
            Executor tlsTasks,
            String clientName,
            Runnable whenDone) {
        this.loop = loop;
        this.target = target;
        this.clientName = clientName;
        this.handler = handler;
        this.resolver = resolver;
        this.types = types;
        this.tls = tls;
        this.whenDone = whenDone;
        this.bindText = "bind=" + target.option(ConnectionOption.BIND);
        final String unixPath = target.scheme() == Scheme.UNIX ? target.path() : null;
        bootstrap = Channels.client(
                loop,
                types,
                target,
                connections,
                () -> new Connection(connections, clientName, unixPath, this::onConnected),
                tls == null
                        ? Channels.Security.NONE
                        : (channel, connection) -> {
                            tls.install(channel, host, tlsTasks, new Securing(connection));
                            return true;
                        });
    }

    void start() {
        if (!findBind()) {
            return;
        }
        if (target.scheme() == Scheme.UNIX) {
            beginHost("path=" + target.path());
            addresses.add(types.unixAddress().apply(target.path()));
            nextAddress();
        } else {
            nextHost();
        }
    }

    private boolean findBind() {
        final HostPort at = target.bind();
        if (at == null) {
            return true;
        }
        try {
            bind = new InetSocketAddress(Resolver.addresses(at.host()).get(0), at.port());
            return true;
        } catch (UnknownHostException e) {
            // An address can name an interface that is not there.
            fail(new TautwireException(
                    Code.CONNECT_FAILED,
                    bindText + " cannot be used: " + reason(e) + "; give an address of this machine",
                    e));
            return false;
        }
    }

    /** Gives up: the loop is closing. */
    void cancel() {
        if (isDone) {
            return;
        }
        abandonStep();
        fail(new TautwireException(Code.CLOSED, "the transport loop was closed while connecting to " + target));
    }

    private void nextHost() {
        if (hostIndex == hosts()) {
            failAll();
            return;
        }
        host = target.hosts().get(hostIndex++);
        beginHost(host.toString());
        final int current = ++step;
        limit(target.connectTimeoutNs());
        resolver.resolve(host.host()).whenComplete((found, failure) -> {
            if (loop.inEventLoop()) {
                onResolved(current, found, failure);
            } else if (!loop.isShuttingDown()) {
                loop.execute(() -> onResolved(current, found, failure));
            }
        });
    }

    private int hosts() {
        return target.scheme() == Scheme.UNIX ? 0 : target.hosts().size();
    }

    private void beginHost(String name) {
        place = name;
        hostDeadlineNs = System.nanoTime() + target.connectTimeoutNs();
    }

    private void onResolved(int current, List<InetAddress> found, Throwable failure) {
        if (current != step) {
            return;
        }
        timer.cancel(false);
        if (failure != null) {
            note(place, failure instanceof CompletionException ? failure.getCause() : failure);
            nextHost();
            return;
        }
        final List<InetAddress> usable = bind == null ? found : Families.like(bind.getAddress(), found);
        if (usable.isEmpty()) {
            note(
                    place,
                    new SocketException("it has no " + Families.word(bind.getAddress()) + " address, which " + bindText
                            + " asks for"));
        }
        for (final InetAddress address : Families.inOrder(usable, target.prefersIpv6())) {
            addresses.add(new InetSocketAddress(address, host.port()));
        }
        nextAddress();
    }

    private void nextAddress() {
        final SocketAddress address = addresses.poll();
        if (address == null) {
            nextHost();
            return;
        }
        final int current = ++step;
        final long leftNs = Math.max(0, hostDeadlineNs - System.nanoTime());
        limit(leftNs / (addresses.size() + 1));
        attempt = bootstrap.connect(address, bind);
        attempt.addListener(future -> {
            if (current == step && !future.isSuccess()) {
                timer.cancel(false);
                note(nameOf(address), future.cause());
                nextAddress();
            }
        });
    }

    private void limit(long timeoutNs) {
        timer = loop.schedule(this::onTimeout, timeoutNs, TimeUnit.NANOSECONDS);
    }

    private void onTimeout() {
        final boolean isInHandshake = tls != null && attempt != null && attempt.isSuccess();
        abandonStep();
        note(
                place,
                new SocketTimeoutException(
                        (isInHandshake ? "no end of the TLS handshake" : "no answer") + " within connect_timeout="
                                + TimeUnit.NANOSECONDS.toMillis(target.connectTimeoutNs()) + "ms"));
        nextAddress();
    }

    /** What becomes of an attempt that has connected: it is not done before TLS is. */
    private final class Securing implements TlsEvents {
        private final Connection connection;
        private final int begunIn = step;

        Securing(Connection connection) {
            this.connection = connection;
        }

        /** A channel that was given up lives on until it has left the loop, and its handshake may end meanwhile. */
        @Override
        public boolean onSecured(String certificateUser) {
            connection.secured(certificateUser);
            return begunIn == step;
        }

        @Override
        public void onFailed(Channel channel, TautwireException failure) {
            if (attempt != null && attempt.channel() == channel && attempt.isSuccess()) {
                timer.cancel(false);
                attempt = null;
                note(nameOf(channel.remoteAddress()), failure);
                nextAddress();
            }
        }
    }

    private void abandonStep() {
        step++;
        if (timer != null) {
            timer.cancel(false);
        }
        if (attempt != null) {
            Channels.closeNow(attempt.channel());
            attempt = null;
        }
    }

    private WireHandler onConnected(Wire wire) {
        step++;
        timer.cancel(false);
        done();
        return handler.onConnected(wire);
    }

    private String nameOf(SocketAddress address) {
        if (!(address instanceof InetSocketAddress)) {
            return place;
        }
        final String numeric = Connection.text((InetSocketAddress) address);
        final String named = numeric.equals(place) ? place : place + " at " + numeric;
        return bind == null ? named : named + " from " + bindText;
    }

    private void note(String name, Throwable failure) {
        tried.add(name + " (" + reason(failure) + ")");
        if (firstFailure == null) {
            firstFailure = failure;
        } else if (failure != firstFailure) {
            firstFailure.addSuppressed(failure);
        }
    }

    /** What the system said. Netty's text for native calls has the call's name and the error's number before it. */
    static String reason(Throwable failure) {
        if (failure instanceof TautwireException) {
            return ((TautwireException) failure).detail();
        }
        if (failure instanceof FileNotFoundException && failure.getMessage() == null) {
            return "No such file or directory";
        }
        return ChannelTypes.reason(failure).replaceFirst("^.*failed with error\\(-?\\d+\\): ", "");
    }

    private void failAll() {
        if (firstFailure instanceof TautwireException) {
            fail(new TautwireException(
                    ((TautwireException) firstFailure).code(),
                    "no connection by TLS to " + String.join(", ", tried),
                    firstFailure));
            return;
        }
        fail(new TautwireException(
                Code.CONNECT_FAILED,
                "nobody answered at " + String.join(", ", tried)
                        + ": check the address, and that a server listens there"
                        + (bind == null ? "" : ", and that " + bindText + " is a free address of this machine"),
                firstFailure));
    }

    private void fail(TautwireException failure) {
        done();
        try {
            handler.onFailed(failure);
        } catch (Throwable t) {
            Channels.LOGGER.warn("client={} connecting to {} failed, and so did its handler", clientName, target, t);
        }
    }

    private void done() {
        isDone = true;
        if (tls != null) {
            tls.release();
        }
        whenDone.run();
    }
}
