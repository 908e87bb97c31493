package io.tautwire.cli.session;

import io.tautwire.TautwireException;
import io.tautwire.cli.terminal.Stop;
import io.tautwire.client.Authenticator;
import io.tautwire.client.BookmarkStore;
import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.client.ConnectionStateChange;
import io.tautwire.client.PublishStore;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionString;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A client that logs on for one command, and whose last session's end is noticed wherever the command waits. The main
 * thread of the command only.
 */
public final class Session implements AutoCloseable {
    /** How often a wait looks up from it, to draw progress. */
    private static final long LOOK_UP_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ConnectionString connection;
    private final Client client;
    private final Consumer<String> onNote;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Done while there is a server, or whoever logs on is told by an exception. Another one after each loss. */
    private volatile CompletableFuture<Void> present = CompletableFuture.completedFuture(null);

    /** Changes come one after the other, though on several threads. */
    private volatile boolean isAbsenceTold;

    /** Before, a session that is over was none. */
    private volatile boolean wasLoggedOn;

    /**
     * Opens the publish store; {@link #logOn} or {@link #begin} connects.
     *
     * @param connection where to; its {@code max_frame} bounds what is published too, its {@code store_size} what is
     *                   stored, and its {@code store} says where.
     * @param name       the client name.
     * @param store      where subscriptions are remembered, or null; stays the caller's.
     * @param onNote     gets one line for each fault that ends nothing, such as a gap in what is delivered, and for
     *                   each loss of the connection and its return; called on threads of the client.
     * @throws TautwireException if the store cannot be opened.
     */
    public Session(ConnectionString connection, String name, BookmarkStore store, Consumer<String> onNote) {
        this.connection = connection;
        this.onNote = onNote;
        this.client = new Client(new ClientConfig(name)
                .store(publishStore(connection))
                .maxFrame(Math.max(connection.maxFrame(), FrameDescriptor.MAX_FRAME_BEFORE_LOGON))
                .bookmarkStore(store)
                .errorHandler(error -> onNote.accept(error.getMessage()))
                .connectionStateListener(this::onChange));
    }

    private static PublishStore publishStore(ConnectionString connection) {
        final String directory = connection.storeDirectory();
        return directory == null
                ? PublishStore.memory(connection.storeSize())
                : PublishStore.file(Path.of(directory), connection.storeSize()).synced(connection.storeSync());
    }

    private void onChange(ConnectionStateChange change) {
        switch (change.state()) {
            case LOGGED_ON -> onLoggedOn();
            case DISCONNECTED -> {
                if (change.nextAttempt() != null) {
                    onAbsent(change);
                } else if (wasLoggedOn) {
                    onEnded(change.code(), change.reason());
                }
            }
            case GAVE_UP -> onEnded(change.code(), change.reason());
            default -> {} // steps on the way to the next of these
        }
    }

    private void onLoggedOn() {
        if (isAbsenceTold) {
            isAbsenceTold = false;
            onNote.accept(wasLoggedOn ? "connected again" : "connected");
        }
        wasLoggedOn = true;
        present.complete(null);
    }

    private void onAbsent(ConnectionStateChange change) {
        if (present.isDone()) {
            present = new CompletableFuture<>();
        }
        if (!isAbsenceTold) {
            isAbsenceTold = true;
            final String why = change.code() + " " + change.reason();
            onNote.accept(
                    wasLoggedOn ? "connection lost: " + why + "; reconnecting" : "waiting for the server: " + why);
        }
    }

    /**
     * Connects and logs on, and waits for it.
     *
     * @return this session.
     * @throws TautwireException if either fails; it is closed then.
     */
    public Session logOn() {
        return closedOnFailure(() -> {
            client.connect(connection);
            client.logon();
        });
    }

    /**
     * Connects and logs on as soon as there is a server, and does not wait for it; as {@link #logOn} with
     * {@code reconnect=false}.
     *
     * @return this session.
     * @throws TautwireException if that cannot begin; it is closed then.
     */
    public Session begin() {
        if (!connection.reconnect()) {
            return logOn();
        }
        present = new CompletableFuture<>();
        return closedOnFailure(() -> client.connectInBackground(connection, Authenticator.password()));
    }

    private Session closedOnFailure(Runnable step) {
        try {
            step.run();
            return this;
        } catch (final RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** Whether there is no server, and one is waited for. */
    public boolean isWaiting() {
        return !present.isDone();
    }

    /** Whether what is published is kept in files, where the next run finds it. */
    public boolean isKept() {
        return connection.storeDirectory() != null;
    }

    /**
     * Waits until this is logged on.
     *
     * @param stop      ends it before.
     * @param timeoutNs how long to wait, in nanoseconds; {@link Long#MAX_VALUE} for ever.
     * @return whether it is.
     * @throws TautwireException if it never will be.
     */
    public boolean awaitServer(Stop stop, long timeoutNs) throws InterruptedException {
        final CompletableFuture<Void> awaited = present;
        await(CompletableFuture.anyOf(awaited, stop.asFuture()), timeoutNs, () -> {});
        return awaited.isDone();
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
