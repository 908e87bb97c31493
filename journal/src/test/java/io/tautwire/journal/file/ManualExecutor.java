package io.tautwire.journal.file;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** Runs a task when it is told to. */
final class ManualExecutor implements Executor {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    int waiting() {
        return tasks.size();
    }

    /** Forgets what waits. */
    void clear() {
        tasks.clear();
    }

    /** Runs all that wait, and what they lead to. */
    void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
