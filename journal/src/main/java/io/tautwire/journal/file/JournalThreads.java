package io.tautwire.journal.file;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/** The threads of one journal in files. Named, daemons, and gone after {@link #stop}. */
final class JournalThreads {
    /** Forcing mapped memory gets in the way of appending to it: in the background not more often than recording. */
    private static final long BACKGROUND_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** There is one task each for writing and forcing, and none of them is queued twice. */
    private static final int FEW = 16;

    private final TaskThread prepare;
    private final TaskThread write;
    private final TaskThread sync;
    private final TaskThread read;

    JournalThreads(String prefix, SegmentMemory memory, boolean isForceAwaited) {
        final boolean isMapped = memory == SegmentMemory.MAPPED;
        prepare = new TaskThread(prefix + "-journal-prepare", new ConcurrentLinkedQueue<>(), 0);
        write = isMapped
                ? null
                : new TaskThread(prefix + "-journal-write", new ManyToOneConcurrentArrayQueue<>(FEW), 0);
        sync = new TaskThread(
                prefix + "-journal-sync",
                new ManyToOneConcurrentArrayQueue<>(FEW),
                isMapped && !isForceAwaited ? BACKGROUND_PAUSE_NS : 0);
        read = new TaskThread(prefix + "-journal-read", new ConcurrentLinkedQueue<>(), 0);
    }

    StorageExecutors executors(Executor completions) {
        return new StorageExecutors(prepare, write == null ? sync : write, sync, read, completions);
    }

    void onIdle(Runnable task) {
        sync.onIdle(task);
    }

    /** Waits for the tasks under way, and runs no others. */
    void stop() {
        prepare.stop();
        if (write != null) {
            write.stop();
        }
        sync.stop();
        read.stop();
    }
}
