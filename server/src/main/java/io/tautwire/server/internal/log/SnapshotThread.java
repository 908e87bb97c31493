package io.tautwire.server.internal.log;

import io.tautwire.TautwireException;
import io.tautwire.transport.TransportLoop;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes snapshots, on a thread of its own that starts with the first one; what became of each comes to the loop. */
final class SnapshotThread implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger("io.tautwire.server");
    private static final long CLOSE_TIMEOUT_MS = 3000;

    private final SnapshotFiles files;
    private final TransportLoop loop;
    private final ThreadPoolExecutor executor;

    SnapshotThread(SnapshotFiles files, TransportLoop loop, String threadName) {
        this.files = files;
        this.loop = loop;
        this.executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), task -> {
            final Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Has a snapshot written; one at a time. */
    void write(long position, byte[] bytes, LongConsumer onWritten, Consumer<Throwable> onFailed) {
        try {
            executor.execute(() -> {
                try {
                    files.write(position, bytes);
                    event(() -> onWritten.accept(position));
                } catch (IOException | RuntimeException e) {
                    event(() -> onFailed.accept(e));
                }
            });
        } catch (RejectedExecutionException e) {
            onFailed.accept(e);
        }
    }

    /** Ends the thread, after the snapshot under way; waits for a bounded time. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void event(Runnable step) {
        try {
            loop.execute(step);
        } catch (TautwireException e) {
            LOGGER.debug("a snapshot was written after the server closed", e);
        }
    }
}
