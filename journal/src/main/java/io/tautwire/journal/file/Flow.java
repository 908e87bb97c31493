package io.tautwire.journal.file;

import io.tautwire.journal.StorageListener.Request;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The way of what is appended: written, then forced, then recorded as forced. Each step takes all that the step before
 * it has done by then, and does not wait for the step behind it.
 *
 * <p>Of each pair of a position that is asked for and one that is reached the asker sets the first and starts the task;
 * a task under way looks once more after it said that it is over. So nothing that was asked for is left lying.
 */
final class Flow {
    private static final long RECORD_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Map<Long, HeldSegment> held;
    private final int segmentLength;
    private final boolean isMapped;
    private final StorageExecutors executors;
    private final Completions completions;
    private final MarkFile mark;
    private final LongSupplier nanoClock;

    private final Runnable writeTask = this::writeArrived;
    private final Runnable forceTask = this::forceArrived;
    private final AtomicBoolean isWriteUnderWay = new AtomicBoolean();
    private final AtomicBoolean isForceUnderWay = new AtomicBoolean();
    private final AtomicLong writeAsked;
    private final AtomicLong written;
    private final AtomicLong forceAsked;

    /** Moved by forcing. */
    private final AtomicLong forced;

    /** Owned by forcing. */
    private long recordedAtNs;

    /** The segment being written to. Owned by writing. */
    private HeldSegment current;

    private volatile IOException failure;

    Flow(
            Map<Long, HeldSegment> held,
            int segmentLength,
            boolean isMapped,
            StorageExecutors executors,
            Completions completions,
            MarkFile mark,
            LongSupplier nanoClock,
            long tail) {
        this.held = held;
        this.segmentLength = segmentLength;
        this.isMapped = isMapped;
        this.executors = executors;
        this.completions = completions;
        this.mark = mark;
        this.nanoClock = nanoClock;
        this.writeAsked = new AtomicLong(tail);
        this.written = new AtomicLong(tail);
        this.forceAsked = new AtomicLong(tail);
        this.forced = new AtomicLong(tail);
        this.recordedAtNs = nanoClock.getAsLong();
    }

    /** What lies between the end asked for before and this beginning was released unwritten: nobody needs it. */
    void write(long from, long end) {
        skipTo(from);
        writeAsked.set(end);
        if (isMapped) {
            written.set(end);
            completions.writtenAtOnce(end);
        } else if (isAlive() && !isWriteUnderWay.getAndSet(true)) {
            executors.write().execute(writeTask);
        }
    }

    void force(long position) {
        forceAsked.set(position);
        startForce();
    }

    /** Records what is forced and where the head is, if that is not recorded yet. On forcing's thread. */
    void onIdle() {
        if (isAlive()) {
            record();
        }
    }

    /** All that is not released below the tail, on this thread: no task runs any more. */
    void finish(long releasedTo, long tail) throws IOException {
        if (failure != null) {
            throw failure;
        }
        skipTo(releasedTo);
        if (!isMapped) {
            writeTo(tail);
        }
        written.set(tail);
        forceTo(tail);
    }

    /** Nothing below what was asked for is released before it is written: so writing rests where there is a gap. */
    private void skipTo(long from) {
        final long asked = writeAsked.get();
        if (from > asked) {
            written.compareAndSet(asked, from);
        }
    }

    private void startForce() {
        if (isAlive() && !isForceUnderWay.getAndSet(true)) {
            executors.force().execute(forceTask);
        }
    }

    private boolean isAlive() {
        return failure == null && !completions.isClosed();
    }

    private void writeArrived() {
        isWriteUnderWay.set(false);
        if (!isAlive()) {
            return;
        }
        try {
            writeTo(writeAsked.get());
        } catch (IOException | RuntimeException e) {
            fail(Request.WRITE, written.get(), e);
            return;
        }
        completions.written(written.get());
        if (forceAsked.get() > forced.get()) {
            startForce();
        }
    }

    private void writeTo(long end) throws IOException {
        long from = written.get();
        while (from < end) {
            final long segment = from & -segmentLength;
            final long to = Math.min(end, segment + segmentLength);
            if (current == null || current.position() != segment) {
                current = segment(segment);
            }
            current.write((int) (from - segment), (int) (to - from));
            from = to;
            written.set(from);
        }
    }

    private HeldSegment segment(long position) throws IOException {
        final HeldSegment segment = held.get(position);
        if (segment == null) {
            throw new IOException("segmentPosition=" + position + " is not held");
        }
        return segment;
    }

    private void forceArrived() {
        isForceUnderWay.set(false);
        final long target = Math.min(forceAsked.get(), written.get());
        if (!isAlive() || target <= forced.get()) {
            return;
        }
        try {
            forceTo(target);
        } catch (IOException | RuntimeException e) {
            fail(Request.FORCE, target, e);
            return;
        }
        completions.forced(target);
        if (nanoClock.getAsLong() - recordedAtNs >= RECORD_INTERVAL_NS) {
            record();
        }
        if (Math.min(forceAsked.get(), written.get()) > forced.get()) {
            startForce();
        }
    }

    /** A segment that is no longer held was released, and need not be kept. */
    private void forceTo(long end) throws IOException {
        long from = forced.get();
        while (from < end) {
            final long position = from & -segmentLength;
            final long to = Math.min(end, position + segmentLength);
            final HeldSegment segment = held.get(position);
            if (segment != null) {
                segment.force((int) (from - position), (int) (to - from));
            }
            from = to;
        }
        forced.set(end);
    }

    private void record() {
        final long position = forced.get();
        if (mark.isUpToDate(position)) {
            return;
        }
        try {
            mark.record(position);
            recordedAtNs = nanoClock.getAsLong();
        } catch (IOException e) {
            fail(Request.FORCE, position, e);
        }
    }

    private void fail(Request request, long position, Exception cause) {
        failure = cause instanceof IOException ? (IOException) cause : new IOException(cause);
        completions.failed(request, position, cause);
    }
}
