package io.tautwire.journal.shared;

import io.tautwire.journal.Journal;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Lets several threads append to one journal, one at a time. A claim holds the appender until its commit or abort, on
 * the thread that claimed; others get {@link #BUSY} meanwhile and decide themselves whether to wait. What a claimant
 * does while it holds the appender is seen by the next one, so that sequences can be given out under it.
 *
 * <p>It guards the appender's side of the journal and nothing else: once a journal has a shared appender, everything is
 * appended through it.
 */
public final class SharedAppender {
    /** Another thread holds a claim. Try again soon. */
    public static final long BUSY = -4;

    /** Holds appenders that are sealed; never runs. */
    private static final Thread SEALED = new Thread(() -> {}, "sealed");

    private final Journal journal;
    private final AtomicReference<Thread> holder = new AtomicReference<>();

    /** Shares this journal. */
    public SharedAppender(Journal journal) {
        this.journal = Objects.requireNonNull(journal, "journal");
    }

    /**
     * Claims room for a frame, and the appender with it.
     *
     * @return the frame's position, {@link #BUSY}, or as {@link Journal#claim}; with a negative result nothing is held.
     * @throws IllegalStateException if this thread holds a claim already.
     */
    public long claim(int frameLength) {
        if (!acquire()) {
            return BUSY;
        }
        long position = BUSY;
        try {
            position = journal.claim(frameLength);
        } finally {
            if (position < 0) {
                release();
            }
        }
        return position;
    }

    /** As {@link Journal#claimBuffer}. */
    public MutableDirectBuffer claimBuffer() {
        checkHeld();
        return journal.claimBuffer();
    }

    /** As {@link Journal#claimOffset}. */
    public int claimOffset() {
        checkHeld();
        return journal.claimOffset();
    }

    /**
     * As {@link Journal#commit}; the appender is free afterwards.
     *
     * @throws IllegalStateException    if this thread holds no claim.
     * @throws IllegalArgumentException if the length is wrong; the claim stays.
     */
    public void commit(int frameLength) {
        checkHeld();
        try {
            journal.commit(frameLength);
        } finally {
            if (!journal.isClaimed()) {
                release();
            }
        }
    }

    /**
     * As {@link Journal#abort}; the appender is free afterwards.
     *
     * @throws IllegalStateException if this thread holds no claim.
     */
    public void abort() {
        checkHeld();
        journal.abort();
        release();
    }

    /** As {@link Journal#append}, or {@link #BUSY}. */
    public long append(DirectBuffer frame, int offset, int frameLength) {
        frame.boundsCheck(offset, frameLength);
        final long position = claim(frameLength);
        if (position >= 0) {
            claimBuffer().putBytes(claimOffset(), frame, offset, frameLength);
            commit(frameLength);
        }
        return position;
    }

    /**
     * As {@link #commit}, and asks the storage to keep everything up to the frame: {@link Journal#force}.
     *
     * @return the journal's tail behind the frame.
     */
    public long commitAndForce(int frameLength) {
        checkHeld();
        try {
            journal.commit(frameLength);
            final long end = journal.tail();
            journal.force();
            return end;
        } finally {
            if (!journal.isClaimed()) {
                release();
            }
        }
    }

    /**
     * Takes the appender for good, unless there is a claim: nothing is appended any more, everybody gets {@link #BUSY}.
     *
     * @return whether it was free, or taken for good before.
     */
    public boolean seal() {
        return holder.compareAndSet(null, SEALED) || holder.getAcquire() == SEALED;
    }

    private boolean acquire() {
        final Thread current = Thread.currentThread();
        final Thread found = holder.getPlain();
        if (found == current) {
            throw new IllegalStateException("thread=" + current.getName() + " holds a claim; commit or abort it first");
        }
        // The exchange acquires what the last holder released: the journal's fields and whatever it did while holding.
        return found == null && holder.compareAndSet(null, current);
    }

    private void release() {
        holder.setRelease(null);
    }

    private void checkHeld() {
        if (holder.getPlain() != Thread.currentThread()) {
            throw new IllegalStateException("thread=" + Thread.currentThread().getName() + " holds no claim");
        }
    }
}
