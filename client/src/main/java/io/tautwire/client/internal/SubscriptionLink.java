package io.tautwire.client.internal;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.core.Interest;
import io.tautwire.client.internal.core.Registration;
import io.tautwire.client.internal.core.SubscriptionListener;
import io.tautwire.client.internal.core.Subscriptions;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.StartAt;
import java.util.concurrent.CompletableFuture;

/** One subscription seen from other threads than its session's: subscribes, gives credit back, unsubscribes. */
public final class SubscriptionLink {
    private final SharedSubscriptions subscriptions;
    private final ReceiveThread receiveThread;
    private final long timeoutNs;
    private volatile Registration registration;
    private volatile SubscriptionListener listener;
    private volatile boolean ended;
    private volatile boolean live;
    private volatile boolean beginsLive;

    /**
     * A subscription yet to be made.
     *
     * @param timeoutNs bound on waits for the session's thread.
     */
    public SubscriptionLink(SharedSubscriptions subscriptions, ReceiveThread receiveThread, long timeoutNs) {
        this.subscriptions = subscriptions;
        this.receiveThread = receiveThread;
        this.timeoutNs = timeoutNs;
    }

    /** Subscribes; the listener learns what comes of it, on the session's thread unless there is none any more. */
    public void subscribe(Interest interest, SubscriptionListener told) {
        listener = told;
        beginsLive = interest.start().at() == StartAt.NOW;
        subscriptions.step(all -> {
            if (!subscriptions.isOpen()) {
                return () -> told.onEnded(Code.DISCONNECTED, "the session ended");
            }
            registration = all.add(interest, told);
            return null;
        });
    }

    /** Gives credit back, from any thread. */
    public void consumed(long bytes) {
        final Registration mine = registration;
        subscriptions.step(all -> {
            all.consumed(mine, bytes);
            return null;
        });
    }

    /** A session has confirmed: it is live at once if it began now, and else has to catch up. */
    public void onSubscribed() {
        live = beginsLive;
        beginsLive = false;
    }

    /** It has caught up. */
    public void onLive() {
        live = true;
    }

    /** Whether it has caught up. */
    public boolean isLive() {
        return live;
    }

    /** To be called when the listener hears that it is over. */
    public void onEnded() {
        ended = true;
    }

    /** Whether messages may still come. */
    public boolean isActive() {
        return !ended;
    }

    /** Its id, the same in all sessions; zero before the session's thread has taken it up. */
    public long id() {
        final Registration mine = registration;
        return mine == null ? 0 : mine.id();
    }

    /** Messages received. */
    public long received() {
        final Registration mine = registration;
        return mine == null ? 0 : mine.received();
    }

    /** Bytes of the server's journal behind the last message received. */
    public long lagBytes() {
        final Registration mine = registration;
        return mine == null ? 0 : mine.lagBytes();
    }

    /** Unsubscribes without waiting for it. Idempotent. */
    public void abandon() {
        subscriptions.step(this::unsubscribe);
    }

    private Runnable unsubscribe(Subscriptions all) {
        final Registration mine = registration;
        return mine != null && all.remove(mine) ? () -> listener.onEnded(Code.OK, "unsubscribed") : null;
    }

    /** Unsubscribes; waits until the session's thread has done so, unless called there. Idempotent. */
    public void close() {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        subscriptions.step(all -> {
            final Runnable told = unsubscribe(all);
            return () -> {
                if (told != null) {
                    told.run();
                }
                done.complete(null);
            };
        });
        if (!receiveThread.isCurrent()) {
            Waits.get(
                    done,
                    timeoutNs,
                    () -> new TautwireException(
                            Code.TIMED_OUT,
                            "unsubscribing waited timeoutMs=" + timeoutNs / 1_000_000
                                    + " for the receive thread; a handler is too slow"));
        }
    }
}
