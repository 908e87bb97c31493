package io.tautwire.client.internal;

import io.tautwire.client.internal.core.SubscriptionListener;
import io.tautwire.client.internal.core.Subscriptions;
import io.tautwire.codec.sbe.Code;
import java.util.List;
import java.util.function.Function;

/**
 * The subscriptions, for any thread. While a session is logged on its thread steps them, and others hand their steps
 * over to it; between sessions everybody does so for himself, under the lock, which also guards whose turn it is. A
 * step gives what is to be told of it, which runs without the lock.
 */
public final class SharedSubscriptions {
    private final Object lock = new Object();
    private final Subscriptions subscriptions = new Subscriptions(false);

    /** Guarded by the lock; null while nobody's thread has them. */
    private LoopSession owner;

    /** Written under the lock. */
    private volatile boolean open;

    /** What sessions step. */
    Subscriptions core() {
        return subscriptions;
    }

    /** Whether there is a session, or one will come: else nothing can be subscribed. */
    public boolean isOpen() {
        return open;
    }

    /** A session will come. */
    void open() {
        synchronized (lock) {
            open = true;
        }
    }

    /** This session is logged on: its thread, which calls this, steps them from now on. */
    void begin(LoopSession session) {
        synchronized (lock) {
            owner = session;
            open = true;
        }
    }

    /** This session is over: whoever comes steps them himself, until the next one begins. On its thread. */
    void pause(LoopSession session) {
        synchronized (lock) {
            owner = owner == session ? null : owner;
        }
    }

    /** No session will come: all end. When no session has them. */
    void endAll(Code code, String reason) {
        final List<SubscriptionListener> ended;
        synchronized (lock) {
            owner = null;
            open = false;
            ended = subscriptions.removeAll();
        }
        ended.forEach(listener -> listener.onEnded(code, reason));
    }

    /** As {@link #endAll}, on any thread; leaves it to the session that owns them if there is one. */
    void endUnlessOwned(Code code, String reason) {
        final List<SubscriptionListener> ended;
        synchronized (lock) {
            if (owner != null) {
                return;
            }
            open = false;
            ended = subscriptions.removeAll();
        }
        ended.forEach(listener -> listener.onEnded(code, reason));
    }

    /**
     * Runs a step: at once between sessions and on the session's thread, else as soon as that thread comes to it.
     *
     * @param step gives what is to be done about it without the lock, or null.
     */
    public void step(Function<Subscriptions, Runnable> step) {
        LoopSession session = stepWithoutSession(null, step);
        while (session != null) {
            final LoopSession owning = session;
            session = owning.execute(live -> stepOn(owning, step)) ? null : stepWithoutSession(owning, step);
        }
    }

    private void stepOn(LoopSession session, Function<Subscriptions, Runnable> step) {
        final boolean isOwner;
        synchronized (lock) {
            isOwner = owner == session;
        }
        if (isOwner) {
            tell(step.apply(subscriptions)); // only this thread can change the owner now
        } else {
            step(step);
        }
    }

    /** Returns null when the step was taken, else who has to take it. A session whose thread is gone owns nothing. */
    private LoopSession stepWithoutSession(LoopSession gone, Function<Subscriptions, Runnable> step) {
        final Runnable told;
        synchronized (lock) {
            if (owner != null && owner != gone) {
                return owner;
            }
            owner = null;
            told = step.apply(subscriptions);
        }
        tell(told);
        return null;
    }

    private static void tell(Runnable told) {
        if (told != null) {
            told.run();
        }
    }
}
