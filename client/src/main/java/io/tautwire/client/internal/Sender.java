package io.tautwire.client.internal;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.core.CommandStore;
import io.tautwire.client.internal.core.SendRight;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;

/**
 * Who may write to one session's wire: all its bytes leave through the one holder.
 *
 * <pre>
 *            publisher commits, or the loop has something to say
 *     FREE -------------------------------------------------------&gt; LOOP
 *      ^                                                             |
 *      +-------------------------------------------------------------+--&gt; CLOSED
 *            everything is written, and the last sequence re-read
 * </pre>
 *
 * A session begins in LOOP and stays so until its logon is done.
 *
 * <p>No wake-up is lost. A publisher writes the store's last sequence and then reads the state; the holder writes FREE
 * and then reads the last sequence. All four are volatile, so they have one order that everybody agrees on: either the
 * publisher sees FREE, or the holder sees its sequence, or both, and then one of them wins the exchange. What is
 * sent may be ahead of the last sequence: its publisher has shown the frame and not yet told the number.
 */
public final class Sender implements SendRight {
    private static final int FREE = 0;

    private static final int LOOP = 1;
    private static final int CLOSED = 2;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Sender.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final CommandStore store;
    private final Executor loop;
    private final Runnable drain;
    private volatile int state = LOOP;

    /**
     * A sender that the loop holds.
     *
     * @param loop  runs what it is given on the session's thread; throws a TautwireException once it is closed.
     * @param drain writes what there is to write; allocated once, so that handing over allocates nothing here.
     */
    public Sender(CommandStore store, Executor loop, Runnable drain) {
        this.store = store;
        this.loop = loop;
        this.drain = drain;
    }

    /** A command was committed; called by its publisher, after the store's last sequence was written. */
    void onCommitted() {
        if (state == FREE && STATE.compareAndSet(this, FREE, LOOP)) {
            try {
                loop.execute(drain);
            } catch (TautwireException e) {
                state = CLOSED; // the loop is gone, and with it the session; the store keeps the command
            }
        }
    }

    @Override
    public boolean take() {
        final int found = state;
        return found == LOOP || found == FREE && STATE.compareAndSet(this, FREE, LOOP);
    }

    @Override
    public boolean release(long sentSequence) {
        if (!STATE.compareAndSet(this, LOOP, FREE)) {
            return true;
        }
        return store.lastSequence() <= sentSequence || !STATE.compareAndSet(this, FREE, LOOP);
    }

    /** Nothing is written from now on. Idempotent. */
    public void close() {
        state = CLOSED;
    }
}
