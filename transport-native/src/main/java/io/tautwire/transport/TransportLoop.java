package io.tautwire.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.Io;
import io.tautwire.transport.connection.Scheme;
import io.tautwire.transport.internal.tls.Tls;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One named daemon thread and all that happens on it: connections, listeners, timers and tasks handed over. Its methods
 * may be called from any thread.
 */
public final class TransportLoop implements AutoCloseable {
    private static final long STOP_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long CLOSE_TIMEOUT_NS = Connection.CLOSE_TIMEOUT_NS + 3 * STOP_TIMEOUT_NS;

    private final ChannelTypes types;
    private final EventLoop loop;
    private final Resolver resolver;
    private final Closers closers;
    private final HelperThreads tlsTasks;
    private final AtomicReference<Thread> thread = new AtomicReference<>();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    // Owned by the loop's thread.
    private final Connections connections;
    private final Listeners listeners;
    private final Set<Connector> connectors = new LinkedHashSet<>();
    private boolean isClosing;

    private TransportLoop(ChannelTypes types, String threadName, Resolver.Lookup lookup) {
        this.types = types;
        resolver = new Resolver(threadName + "-resolver", lookup);
        closers = new Closers(threadName + "-closer");
        connections = new Connections(closers);
        tlsTasks = new HelperThreads(1, threadName + "-tls");
        loop = new SingleThreadIoEventLoop(
                null,
                task -> {
                    final Thread created = new FastThreadLocalThread(task, threadName);
                    created.setDaemon(true);
                    thread.set(created);
                    return created;
                },
                types.ioHandler());
        listeners = new Listeners(loop, types, connections, tlsTasks);
    }

    /**
     * Starts a loop.
     *
     * @param io         mechanism; {@link Io#AUTO} takes the best available.
     * @param threadName of its thread.
     * @throws TautwireException {@code IO_UNAVAILABLE}, saying why the mechanism cannot be used here.
     */
    public static TransportLoop start(Io io, String threadName) {
        return start(io, threadName, Resolver::addresses);
    }

    /** As {@link #start(Io, String)}, with what stands for the system's lookup of names. */
    static TransportLoop start(Io io, String threadName, Resolver.Lookup lookup) {
        final ChannelTypes types = ChannelTypes.of(io);
        try {
            final TransportLoop started = new TransportLoop(types, threadName, lookup);
            // Netty starts the thread with the first task.
            started.execute(() -> {});
            return started;
        } catch (RuntimeException e) {
            throw new TautwireException(
                    Code.IO_UNAVAILABLE,
                    "io=" + types.io().word() + " cannot be started: " + ChannelTypes.reason(e)
                            + "; check the limit of open files",
                    e);
        }
    }

    /** Why a mechanism cannot be used here, in words; null when it can. */
    public static String unavailability(Io io) {
        final Throwable missing = ChannelTypes.unavailability(io);
        return missing == null ? null : ChannelTypes.reason(missing);
    }

    /** The mechanism in use, never {@link Io#AUTO}. */
    public Io io() {
        return types.io();
    }

    /** Whether the caller is the loop's thread. */
    public boolean inLoop() {
        return loop.inEventLoop();
    }

    /**
     * Runs a task on the loop's thread, after those handed over before. What it throws is logged.
     *
     * @throws TautwireException {@code CLOSED} if the loop is closed.
     */
    public void execute(Runnable task) {
        try {
            loop.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            throw closed(e);
        }
    }

    /** The same task, prepared to be handed over again and again: {@link #execute} allocates nothing for it. */
    public Runnable prepare(Runnable task) {
        return guarded(task);
    }

    /**
     * Runs a task on the loop's thread again and again, until cancelled or the loop is closed. What it throws is
     * logged, and the next run comes all the same. After a pause of the loop, missed runs are left out.
     *
     * @param periodNs from the end of a run to the next one, and before the first, in nanoseconds.
     * @throws TautwireException {@code CLOSED} if the loop is closed.
     */
    public Timer every(long periodNs, Runnable task) {
        try {
            final Future<?> runs = loop.scheduleWithFixedDelay(guarded(task), periodNs, periodNs, TimeUnit.NANOSECONDS);
            return () -> runs.cancel(false);
        } catch (RejectedExecutionException e) {
            throw closed(e);
        }
    }

    /** As {@link #connect(ConnectionString, String, ConnectHandler)}, with the client name of the connection string. */
    public void connect(ConnectionString target, ConnectHandler handler) {
        connect(target, target.name(), handler);
    }

    /**
     * Connects to the first host that answers, in the order of the connection string, each within its
     * {@code connect_timeout}, TLS handshake included. Does not wait; the outcome comes by the handler. Over TLS the
     * files are read anew.
     *
     * @param clientName stands in log lines of the connection; null when not known.
     * @throws TautwireException {@code CONFIGURATION_INVALID} if the string asks for what cannot be done, or a file of
     *                           TLS cannot be used; {@code IO_UNAVAILABLE} if the TLS provider asked for is missing;
     *                           {@code CLOSED} if the loop is closed.
     */
    public void connect(ConnectionString target, String clientName, ConnectHandler handler) {
        check(target);
        final Tls tls = target.scheme() == Scheme.TCPS ? Tls.of(target) : null;
        try {
            execute(() -> beginConnect(target, tls, clientName, handler));
        } catch (TautwireException e) {
            if (tls != null) {
                tls.release();
            }
            throw e;
        }
    }

    private void beginConnect(ConnectionString target, Tls tls, String clientName, ConnectHandler handler) {
        final AtomicReference<Connector> self = new AtomicReference<>();
        final Connector connector = new Connector(
                loop,
                target,
                handler,
                resolver,
                types,
                connections,
                tls,
                tlsTasks,
                clientName,
                () -> connectors.remove(self.get()));
        self.set(connector);
        connectors.add(connector);
        if (isClosing) {
            connector.cancel();
        } else {
            connector.start();
        }
    }

    /**
     * Listens. Waits until bound. A socket file that nobody listens at any more is replaced.
     *
     * @param acceptor gives each connection its handler.
     * @throws TautwireException {@code CONNECT_FAILED} if the address cannot be bound, with the system's exception as
     *                           cause; {@code CONFIGURATION_INVALID} if the string asks for what cannot be done, a
     *                           file of TLS cannot be used, or at its path is something else than a socket;
     *                           {@code IO_UNAVAILABLE} if the TLS provider asked for is missing;
     *                           {@code WOULD_DEADLOCK} on the loop's thread; {@code TIMED_OUT} if its thread is busy
     *                           for 10 seconds; {@code CLOSED} if the loop is closed.
     */
    public Listener listen(ConnectionString at, Acceptor acceptor) {
        check(at);
        if (inLoop()) {
            throw new TautwireException(
                    Code.WOULD_DEADLOCK, "listen waits for the loop and was called on its thread: use another thread");
        }
        if (isClosed.get()) {
            throw closed(null);
        }
        return listeners.listen(at, acceptor);
    }

    private void check(ConnectionString options) {
        options.requireSupported();
        if (options.io() != Io.AUTO && options.io() != io()) {
            throw new TautwireException(
                    Code.CONFIGURATION_INVALID,
                    "io=" + options.io().word() + " in " + options + " differs from io=" + io().word()
                            + " of the thread it would share: give all strings of it the same");
        }
    }

    /**
     * Closes listeners, ends attempts to connect, closes every connection in order, and ends the thread. Waits for it,
     * at most 5 seconds, unless called on the loop's thread. Idempotent.
     *
     * <p>A connection whose peer has not taken everything within 2 seconds lingers ({@code tcp_linger}): a daemon
     * thread, named after the loop's with {@code -closer} behind it, goes on waiting for that peer, also after this
     * method has returned. It holds nothing but the socket. When the process ends first, the system sends what is left.
     */
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            loop.execute(this::beginClose);
        }
        if (!inLoop()) {
            join();
        }
    }

    /** Whether it was closed and its thread runs nothing any more. */
    public boolean hasEnded() {
        return isClosed.get() && !thread.get().isAlive();
    }

    private void beginClose() {
        isClosing = true;
        resolver.close();
        listeners.close();
        new ArrayList<>(connectors).forEach(Connector::cancel);
        connections.closeAll(this::stop);
    }

    private void stop() {
        tlsTasks.close();
        if (!loop.isShuttingDown()) {
            loop.shutdownGracefully(0, STOP_TIMEOUT_NS, TimeUnit.NANOSECONDS);
        }
    }

    private void join() {
        final long deadlineNs = System.nanoTime() + CLOSE_TIMEOUT_NS;
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread.get(), CLOSE_TIMEOUT_NS - STOP_TIMEOUT_NS);
            if (!thread.get().isAlive()) {
                closers.end(); // not before: connections closed in order come last
            }
            resolver.awaitEnd(deadlineNs - System.nanoTime());
            tlsTasks.awaitEnd(deadlineNs - System.nanoTime());
            closers.awaitEnd(deadlineNs - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Runnable guarded(Runnable task) {
        return task instanceof Guarded ? task : new Guarded(task);
    }

    /** A task whose exceptions are logged. */
    private record Guarded(Runnable task) implements Runnable {
        @Override
        public void run() {
            try {
                task.run();
            } catch (Throwable t) {
                Channels.LOGGER.warn(
                        "thread={}: a task of the loop failed",
                        Thread.currentThread().getName(),
                        t);
            }
        }
    }

    static TautwireException closed(Throwable cause) {
        return new TautwireException(Code.CLOSED, "the transport loop is closed: start another", cause);
    }
}
