package io.tautwire.client.internal;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Runs the completions of a store's files, on the threads that they come on, and then looks what they changed: wakes
 * who waits, and reports what went wrong, once.
 */
public final class StoreSignal implements Executor {
    private static final long READ_TIMEOUT_S = 60;

    /** Told of what goes wrong where no caller can be told. */
    @FunctionalInterface
    public interface Faults {
        /** One fault; any thread. */
        void report(TautwireException fault);
    }

    private final Faults faults;
    private final Semaphore progress = new Semaphore(0);
    private volatile OpenStore store;
    private boolean isFailureReported;
    private boolean isFullReported;

    StoreSignal(Faults faults) {
        this.faults = faults;
    }

    void serve(OpenStore opened) {
        store = opened;
    }

    @Override
    public void execute(Runnable completion) {
        completion.run();
        final OpenStore served = store;
        if (served == null) {
            progress.release();
        } else {
            report(served.journal());
            served.onStorageProgress();
        }
    }

    /** While nobody is served yet: waits until something has completed. */
    void awaitProgress(Journal journal) {
        final TautwireException failure = journal.failure();
        if (failure != null) {
            throw failure;
        }
        try {
            if (!progress.tryAcquire(READ_TIMEOUT_S, SECONDS)) {
                throw new TautwireException(
                        Code.JOURNAL_FAILED,
                        "the disk did not answer within seconds=" + READ_TIMEOUT_S + "; open the store again when it"
                                + " does");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Waits.interrupted(e);
        }
    }

    private synchronized void report(Journal journal) {
        final TautwireException failure = journal.failure();
        if (failure != null) {
            if (!isFailureReported && failure.code() == Code.JOURNAL_FAILED) {
                isFailureReported = true;
                faults.report(failure);
            }
            return;
        }
        final Throwable full = journal.prepareFailure();
        if (full != null && !isFullReported) {
            faults.report(new TautwireException(
                    Code.STORAGE_FULL,
                    "there is no room for more of the publish store; see the cause. What is stored is safe, and"
                            + " publishing goes on when there is room",
                    full));
        }
        isFullReported = full != null;
    }
}
