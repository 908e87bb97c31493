package io.tautwire.journal.file;

import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A named thread that runs the tasks it is given, one at a time and in order. It may pause after each, so that the next
 * one finds more to do; and when there was nothing to do for a while it does something else.
 */
final class TaskThread implements Executor {
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Runnable NOTHING = () -> {};

    private final Thread thread;
    private final Queue<Runnable> tasks;
    private final long pauseNs;

    /** Set before the first task is. */
    private volatile Runnable onIdle = NOTHING;

    private volatile boolean isStopping;
    private volatile boolean isParked;

    /**
     * A thread that runs at once.
     *
     * @param tasks   takes tasks from any thread and gives them to one.
     * @param pauseNs from the begin of one task to the next, at least.
     */
    TaskThread(String name, Queue<Runnable> tasks, long pauseNs) {
        this.tasks = tasks;
        this.pauseNs = pauseNs;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** What to do from time to time while there is no task. */
    void onIdle(Runnable task) {
        onIdle = task;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        // Between the add, which only releases, and the flag: either the thread sees the task, or this sees it parked.
        VarHandle.fullFence();
        if (isParked) {
            LockSupport.unpark(thread);
        }
    }

    /** Runs no further task, and waits for the one that is under way, however long the disk takes. */
    void stop() {
        isStopping = true;
        boolean isInterrupted = false;
        LockSupport.unpark(thread);
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true; // to leave now would leave two threads at one file
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isStopping) {
            final Runnable task = tasks.poll();
            if (task != null) {
                final long begunNs = System.nanoTime();
                task.run();
                pause(begunNs);
            } else if (!awaitTask()) {
                onIdle.run();
            }
        }
    }

    private void pause(long begunNs) {
        long leftNs = begunNs + pauseNs - System.nanoTime();
        while (leftNs > 0 && !isStopping) {
            LockSupport.parkNanos(this, leftNs);
            leftNs = begunNs + pauseNs - System.nanoTime();
        }
    }

    private boolean awaitTask() {
        isParked = true;
        try {
            if (tasks.isEmpty() && !isStopping) {
                LockSupport.parkNanos(this, IDLE_NS);
            }
        } finally {
            isParked = false;
        }
        return !tasks.isEmpty();
    }
}
