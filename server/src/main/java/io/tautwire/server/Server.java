package io.tautwire.server;

import io.tautwire.TautwireException;
import io.tautwire.server.internal.BrokerLoop;
import io.tautwire.transport.Listener;
import io.tautwire.transport.TransportLoop;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.Io;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.CloseHelper;

/**
 * A Tautwire server, to be embedded in a test or an application.
 *
 * <pre>{@code
 * try (Server server = Server.builder().listen("tcp://127.0.0.1:0").start()) {
 *     String uri = server.listeners().get(0).uri().toString();
 *     ...
 * }
 * }</pre>
 *
 * One thread ({@code tautwire-server}) serves all connections, and one more ({@code tautwire-server-authenticator})
 * asks the authenticator, where there is one. With a data directory others write, sync, prepare and read its files
 * ({@code tautwire-server-journal-...}, {@code tautwire-server-snapshot}). All methods may be called from any thread
 * but the first two.
 */
public final class Server implements AutoCloseable {
    private final BrokerLoop broker;
    private final Io io;
    private final List<ServerListener> listeners = new ArrayList<>();
    private final ServerCounters counters;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    Server(ServerConfig config) {
        final TransportLoop loop = TransportLoop.start(config.io(), "tautwire-server");
        try {
            io = loop.io();
            broker = config.log() == null
                    ? new BrokerLoop(loop, config.newJournal(), config.broker(), config.authenticator())
                    : new BrokerLoop(loop, config.log(), config.broker(), config.authenticator());
        } catch (RuntimeException | Error e) {
            CloseHelper.quietClose(loop);
            throw e;
        }
        counters = new ServerCounters(broker.counters());
        try {
            for (final ConnectionString at : config.listeners()) {
                final Listener listener = broker.listen(at, config.maxFrame(at));
                listeners.add(new ServerListener(listener));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Decides what a server is to be. */
    public static ServerBuilder builder() {
        return new ServerBuilder();
    }

    /** Where it listens, in the order they were given. */
    public List<ServerListener> listeners() {
        return List.copyOf(listeners);
    }

    /** What carries the bytes: {@code epoll}, {@code kqueue} or {@code nio}. */
    public String io() {
        return io.word();
    }

    /** What it found in its data directory when it started; empty without one. */
    public Optional<ServerRecovery> recovery() {
        return Optional.ofNullable(broker.recovery());
    }

    /**
     * Why its data directory cannot be written any more, or could not be closed in order: JOURNAL_FAILED. Nothing was
     * acknowledged since; start another server once the disk is well. Empty while all is well.
     */
    public Optional<TautwireException> failure() {
        return Optional.ofNullable(broker.failure());
    }

    /** What it has counted. */
    public ServerCounters counters() {
        return counters;
    }

    /**
     * How each session stands now. Waits for the server's thread, at most 5 seconds.
     *
     * @throws io.tautwire.TautwireException CLOSED, INTERRUPTED, TIMED_OUT, or WOULD_DEADLOCK on the server's thread.
     */
    public List<SessionView> sessions() {
        return broker.sessions();
    }

    /**
     * Closes: listeners first; with a data directory all that was received is put there as it promises, for a bounded
     * time; then every session is told {@code SERVER_CLOSING} after what it still had to be told, then the threads end
     * and the directory is closed in order. Takes at most some seconds, whatever clients do, and what the disk needs.
     * {@link #failure()} tells if something could not be kept. Idempotent.
     *
     * @throws io.tautwire.TautwireException WOULD_DEADLOCK on the server's thread; nothing is closed then.
     */
    @Override
    public void close() {
        broker.checkNotInLoop();
        if (isClosed.compareAndSet(false, true)) {
            listeners.forEach(ServerListener::close);
            broker.close();
        }
    }
}
