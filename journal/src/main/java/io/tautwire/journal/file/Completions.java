package io.tautwire.journal.file;

import io.tautwire.journal.StorageListener;
import io.tautwire.journal.StorageListener.Request;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells the journal how its requests ended, on the thread that it wants to hear it on, and nothing after closing. How
 * far writing and forcing have come allocates nothing.
 */
final class Completions {
    private final Executor executor;
    private final Told written = new Told(true);
    private final Told forced = new Told(false);
    private StorageListener listener;

    /** Written under this object's monitor, which is held during every call of the listener. */
    private volatile boolean isClosed;

    Completions(Executor executor) {
        this.executor = executor;
    }

    void open(StorageListener to) {
        if (listener != null) {
            throw new IllegalStateException("storage serves a journal already; give each its own");
        }
        listener = Objects.requireNonNull(to, "listener");
    }

    boolean isClosed() {
        return isClosed;
    }

    /** True the first time. */
    synchronized boolean close() {
        final boolean isFirst = !isClosed;
        isClosed = true;
        return isFirst;
    }

    void prepared(long position, UnsafeBuffer memory) {
        tell(() -> listener.onPrepared(position, memory));
    }

    void read(long position, UnsafeBuffer memory) {
        tell(() -> listener.onRead(position, memory));
    }

    void released(long position) {
        tell(() -> listener.onReleased(position));
    }

    void failed(Request request, long position, Throwable cause) {
        tell(() -> listener.onFailed(request, position, cause));
    }

    void written(long position) {
        written.tell(position);
    }

    /** On the thread that asked for it: nothing had to be waited for. */
    void writtenAtOnce(long position) {
        if (!isClosed) {
            listener.onWritten(position);
        }
    }

    void forced(long position) {
        forced.tell(position);
    }

    private void tell(Runnable completion) {
        if (!isClosed) {
            executor.execute(() -> run(completion));
        }
    }

    private synchronized void run(Runnable completion) {
        if (!isClosed) {
            completion.run();
        }
    }

    /** A position that rises, told at most once for as often as it is looked at. */
    private final class Told implements Runnable {
        private final boolean isWritten;
        private final AtomicLong reached = new AtomicLong();
        private final AtomicBoolean isUnderWay = new AtomicBoolean();

        /** Under the monitor. */
        private long told;

        Told(boolean isWritten) {
            this.isWritten = isWritten;
        }

        void tell(long position) {
            reached.set(position);
            if (!isClosed && !isUnderWay.getAndSet(true)) {
                executor.execute(this);
            }
        }

        @Override
        public void run() {
            isUnderWay.set(false); // before the look: whoever moves on after it comes again
            synchronized (Completions.this) {
                final long position = reached.get();
                if (isClosed || position <= told) {
                    return;
                }
                told = position;
                if (isWritten) {
                    listener.onWritten(position);
                } else {
                    listener.onForced(position);
                }
            }
        }
    }
}
