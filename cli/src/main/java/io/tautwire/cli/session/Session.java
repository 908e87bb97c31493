package io.tautwire.cli.session;

import io.tautwire.TautwireException;
import io.tautwire.client.BookmarkStore;
import io.tautwire.client.Client;
import io.tautwire.client.ClientConfig;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionString;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A client that is logged on for one command, and whose session's end is noticed wherever the command waits. The main
 * thread of the command only.
 */
public final class Session implements AutoCloseable {
    /** How often a wait looks up from it, to draw progress. */
    private static final long LOOK_UP_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Client client;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /**
     * Connects and logs on.
     *
     * @param connection where to; its {@code max_frame} bounds what is published too, its {@code store_size} what is
     *                   stored.
     * @param name       the client name.
     * @param store      where subscriptions are remembered, or null; stays the caller's.
     * @param onError    gets one line for each fault that ends nothing, such as a gap in what is delivered; called
     *                   on the receive thread.
     * @throws TautwireException if either fails.
     */
    public Session(ConnectionString connection, String name, BookmarkStore store, Consumer<String> onError) {
        client = new Client(new ClientConfig(name)
                .storeBytes(connection.storeSize())
                .maxFrame(Math.max(connection.maxFrame(), FrameDescriptor.MAX_FRAME_BEFORE_LOGON))
                .bookmarkStore(store)
                .errorHandler(error -> onError.accept(error.getMessage()))
                .sessionListener(this::onEnded));
        try {
            client.connect(connection);
            client.logon();
        } catch (final RuntimeException e) {
            client.close();
            throw e;
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
        return client.ackLevel().name().toLowerCase(Locale.ROOT);
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
