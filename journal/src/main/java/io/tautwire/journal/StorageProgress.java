package io.tautwire.journal;

import static io.tautwire.codec.sbe.Code.CLOSED;
import static io.tautwire.codec.sbe.Code.JOURNAL_FAILED;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the storage has completed so far. Its fields are written by the thread that delivers completions and read by
 * any; so the appender needs no lock against completions.
 */
final class StorageProgress implements StorageListener {
    private static final VarHandle FAILURE;
    private static final VarHandle PREPARE_FAILURES;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            FAILURE = lookup.findVarHandle(StorageProgress.class, "failure", Failure.class);
            PREPARE_FAILURES = lookup.findVarHandle(StorageProgress.class, "prepareFailures", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SegmentTable segments;
    private final SharedPosition prepared = new SharedPosition();
    private final SharedPosition written = new SharedPosition();
    private final SharedPosition forced = new SharedPosition();

    private Failure failure;

    private int prepareFailures;

    private volatile Throwable prepareFailure;

    StorageProgress(SegmentTable segments) {
        this.segments = segments;
    }

    /** Everything below a position was there already, written and forced, when the journal was opened. */
    void recovered(long tail) {
        prepared.set(segments.begin(tail));
        written.set(tail);
        forced.set(tail);
    }

    /** Segments below this position have been written to or can be. */
    long prepared() {
        return prepared.get();
    }

    long written() {
        return written.get();
    }

    long forced() {
        return forced.get();
    }

    /** How often a prepare request failed; each is asked again when a claim needs it. */
    int prepareFailures() {
        return (int) PREPARE_FAILURES.getAcquire(this);
    }

    /** Why the last prepare request failed; null if it did not. */
    Throwable prepareFailure() {
        return prepareFailure;
    }

    /** Throws if the journal can never again be appended to. */
    void check() {
        final TautwireException first = failure();
        if (first != null) {
            throw first;
        }
    }

    /** Why the journal can never again be appended to; null if it can. */
    TautwireException failure() {
        final Failure first = (Failure) FAILURE.getAcquire(this);
        return first == null ? null : new TautwireException(first.code, first.text, first.cause);
    }

    void close() {
        fail(new Failure(CLOSED, "the journal is closed; open another", null));
    }

    @Override
    public void onPrepared(long segmentPosition, UnsafeBuffer memory) {
        segments.open(segmentPosition, memory);
        prepareFailure = null;
        prepared.set(segmentPosition + memory.capacity());
    }

    @Override
    public void onWritten(long endPosition) {
        written.set(endPosition);
    }

    @Override
    public void onForced(long endPosition) {
        forced.set(endPosition);
    }

    @Override
    public void onRead(long segmentPosition, UnsafeBuffer memory) {
        segments.bringBack(segmentPosition, memory);
    }

    @Override
    public void onReleased(long segmentPosition) {}

    @Override
    public void onFailed(Request request, long position, Throwable cause) {
        if (request == Request.PREPARE) {
            prepareFailure = cause;
            PREPARE_FAILURES.setRelease(this, prepareFailures + 1);
        } else {
            // After a failed write or force nobody knows what is kept: going on could acknowledge what is lost.
            fail(new Failure(
                    JOURNAL_FAILED,
                    "storage failed: request=" + request + " position=" + position
                            + "; see the cause, and open the journal again",
                    cause));
        }
    }

    private void fail(Failure why) {
        FAILURE.compareAndSet(this, null, why);
    }

    private record Failure(Code code, String text, Throwable cause) {}
}
