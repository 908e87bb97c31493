package io.tautwire.cli.session;

import io.tautwire.TautwireException;
import io.tautwire.client.BookmarkStore;
import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.client.ConnectionStateChange;
import io.tautwire.client.PublishStore;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionString;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A client that is logged on for one command, and whose last session's end is noticed wherever the command waits. The
 * main thread of the command only.
 */
public final class Session implements AutoCloseable {
    /** How often a wait looks up from it, to draw progress. */
    private static final long LOOK_UP_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** What may be otherwise in a moment; a refused logon or TLS that fails is not. */
    private static final Set<Code> WORTH_TRYING_AGAIN = EnumSet.of(
            Code.CONNECT_FAILED,
            Code.DISCONNECTED,
            Code.LOGON_TIMEOUT,
            Code.SERVER_CLOSING,
            Code.LIMIT_REACHED,
            Code.TIMED_OUT);

    private final ConnectionString connection;
    private final Client client;
    private final Consumer<String> onNote;

    /** Changes come one after the other, though on several threads. */
    private volatile boolean isLost;

    /** Before, whoever tries to log on is told by an exception. */
    private volatile boolean wasLoggedOn;

    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /**
     * Connects and logs on.
     *
     * @param connection where to; its {@code max_frame} bounds what is published too, its {@code store_size} what is
     *                   stored.
     * @param name       the client name.
     * @param store      where subscriptions are remembered, or null; stays the caller's.
     * @param onNote     gets one line for each fault that ends nothing, such as a gap in what is delivered, and for
     *                   each loss of the connection and its return; called on threads of the client.
     * @throws TautwireException if either fails.
     */
    public Session(ConnectionString connection, String name, BookmarkStore store, Consumer<String> onNote) {
        this(connection, name, publishStore(connection, connection.storeDirectory()), store, onNote);
        try {
            client.connect(connection);
            client.logon();
        } catch (final RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private void onChange(ConnectionStateChange change) {
        switch (change.state()) {
            case LOGGED_ON -> {
                wasLoggedOn = true;
                if (isLost) {
                    isLost = false;
                    onNote.accept("connected again");
                }
            }
            case DISCONNECTED -> {
                if (change.nextAttempt() == null && wasLoggedOn) {
                    onEnded(change.code(), change.reason());
                } else if (change.nextAttempt() != null && !isLost) {
                    isLost = true;
                    onNote.accept("connection lost: " + change.code() + ' ' + change.reason() + "; reconnecting");
                }
            }
            case GAVE_UP -> onEnded(change.code(), change.reason());
            default -> {} // steps on the way to the next of these
        }
    }

    /**
     * Opens a publish store in files, and does not connect: {@link #tryLogOn} does.
     *
     * @param directory of the store.
     * @throws TautwireException if the store cannot be opened.
     */
    public static Session overStore(
            ConnectionString connection, String name, String directory, Consumer<String> onNote) {
        return new Session(connection, name, publishStore(connection, directory), null, onNote);
    }

    private Session(
            ConnectionString connection,
            String name,
            PublishStore publishStore,
            BookmarkStore bookmarkStore,
            Consumer<String> onNote) {
        this.connection = connection;
        this.onNote = onNote;
        this.client = new Client(new ClientConfig(name)
                .store(publishStore)
                .maxFrame(Math.max(connection.maxFrame(), FrameDescriptor.MAX_FRAME_BEFORE_LOGON))
                .bookmarkStore(bookmarkStore)
                .errorHandler(error -> onNote.accept(error.getMessage()))
                .connectionStateListener(this::onChange));
    }

    private static PublishStore publishStore(ConnectionString connection, String directory) {
        return directory == null
                ? PublishStore.memory(connection.storeSize())
                : PublishStore.file(Path.of(directory), connection.storeSize()).synced(connection.storeSync());
    }

    /**
     * Tries once to connect and to log on.
     *
     * @return whether it worked; if not, it may in a moment.
     * @throws TautwireException if it never will.
     */
    public boolean tryLogOn() {
        try {
            client.connect(connection);
            client.logon();
            return true;
        } catch (final TautwireException e) {
            if (!WORTH_TRYING_AGAIN.contains(e.code())) {
                throw e;
            }
            client.disconnect();
            return false;
        }
    }

    private void onEnded(Code code, String reason) {
        ended.completeExceptionally(new TautwireException(code, reason.isEmpty() ? "the session ended" : reason));
    }

    /** The client. */
    public Client client() {
        return client;
    }

    /** What an acknowledgement promises, as results show it. */
    public String ackLevel() {
        return client.ackLevel() == null
                ? "not logged on"
                : client.ackLevel().name().toLowerCase(Locale.ROOT);
    }

    /**
     * Waits for something to be done.
     *
     * @param done      what is waited for.
     * @param timeoutNs how long to wait, in nanoseconds; {@link Long#MAX_VALUE} for ever.
     * @param meanwhile called now and then, on this thread.
     * @return false when the time was over first.
     * @throws TautwireException if it fails, or the session ends first.
     */
    public boolean await(CompletableFuture<?> done, long timeoutNs, Runnable meanwhile) throws InterruptedException {
        final long startNs = System.nanoTime();
        final CompletableFuture<?> either = CompletableFuture.anyOf(done, ended);
        while (true) {
            final long leftNs = timeoutNs - (System.nanoTime() - startNs);
            try {
                either.get(Math.max(0, Math.min(leftNs, LOOK_UP_NS)), TimeUnit.NANOSECONDS);
                return true;
            } catch (final TimeoutException e) {
                if (leftNs <= 0) {
                    return false;
                }
                meanwhile.run();
            } catch (final ExecutionException e) {
                throw failure(e.getCause());
            }
        }
    }

    /** Fails if the session has ended. */
    public void requireLive() {
        if (ended.isDone()) {
            throw failure(ended.handle((none, cause) -> cause).join());
        }
    }

    private static TautwireException failure(Throwable cause) {
        return cause instanceof TautwireException known
                ? known
                : new TautwireException(Code.INTERNAL, cause.toString(), cause);
    }

    @Override
    public void close() {
        client.close();
    }
}
