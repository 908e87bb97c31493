package io.tautwire.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Named daemon threads apart from a loop, for what must not keep it from its sockets. They come when there is work and
 * go a moment after; what finds none free waits for one.
 */
final class HelperThreads implements Executor, AutoCloseable {
    private final ThreadPoolExecutor threads;

    /** Those that may live: the executor tells that its work has ended, not that its threads have. */
    private final Set<Thread> created = ConcurrentHashMap.newKeySet();

    HelperThreads(int most, String threadName) {
        threads = new ThreadPoolExecutor(
                most, most, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> newThread(task, threadName));
        threads.allowCoreThreadTimeOut(true);
    }

    private Thread newThread(Runnable task, String name) {
        created.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        created.add(thread);
        return thread;
    }

    /**
     * Runs a task on one of the threads.
     *
     * @throws java.util.concurrent.RejectedExecutionException once closed or ended.
     */
    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Ends the threads when all that was handed over is done. */
    void end() {
        threads.shutdown();
    }

    /** Ends the threads; one in the middle of a task that cannot be interrupted ends with it. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Waits until the threads have ended. */
    void awaitEnd(long timeoutNs) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        for (final Thread thread : created) {
            TimeUnit.NANOSECONDS.timedJoin(thread, deadlineNs - System.nanoTime());
        }
    }
}
