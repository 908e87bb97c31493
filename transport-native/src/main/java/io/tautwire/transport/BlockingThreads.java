package io.tautwire.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Named daemon threads for what the system does only while somebody waits. They come when there is work, and go a
 * moment after; each task waits in a queue for a free one.
 */
final class BlockingThreads {
    private final ThreadPoolExecutor threads;

    /** Those that may live: the executor tells that its work has ended, not that its threads have. */
    private final Set<Thread> created = ConcurrentHashMap.newKeySet();

    BlockingThreads(String name, int most) {
        threads = new ThreadPoolExecutor(
                most, most, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> newThread(task, name));
        threads.allowCoreThreadTimeOut(true);
    }

    private Thread newThread(Runnable task, String name) {
        created.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        created.add(thread);
        return thread;
    }

    /** Runs the task; throws {@link java.util.concurrent.RejectedExecutionException} once ended. */
    void execute(Runnable task) {
        threads.execute(task);
    }

    /** Takes no more; what was handed over is done. */
    void end() {
        threads.shutdown();
    }

    /** Takes no more and drops what has not begun; what has ends when the system lets it. */
    void endNow() {
        threads.shutdownNow();
    }

    /** Waits until the threads have ended, in vain for those that the system holds up. */
    void awaitEnd(long timeoutNs) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        for (final Thread thread : created) {
            TimeUnit.NANOSECONDS.timedJoin(thread, deadlineNs - System.nanoTime());
        }
    }
}
