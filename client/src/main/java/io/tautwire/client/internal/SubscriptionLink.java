package io.tautwire.client.internal;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.core.ClientSession;
import io.tautwire.client.internal.core.Registration;
import io.tautwire.client.internal.core.SubscriptionListener;
import io.tautwire.codec.sbe.Code;
import java.util.concurrent.CompletableFuture;

/** One subscription seen from other threads than its session's: subscribes, gives credit back, unsubscribes. */
public final class SubscriptionLink {
    private final LoopSession session;
    private final ReceiveThread receiveThread;
    private final long timeoutNs;
    private volatile Registration registration;
    private volatile boolean ended;

    /**
     * A subscription yet to be made.
     *
     * @param timeoutNs bound on waits for the session's thread.
     */
    public SubscriptionLink(LoopSession session, ReceiveThread receiveThread, long timeoutNs) {
        this.session = session;
        this.receiveThread = receiveThread;
        this.timeoutNs = timeoutNs;
    }

    /** Asks the session to subscribe; the listener learns what comes of it, on the session's thread. */
    public void subscribe(byte[] pattern, long windowBytes, SubscriptionListener listener) {
        final boolean handed = session.execute(live -> {
            try {
                registration = live.subscribe(pattern, windowBytes, listener);
            } catch (TautwireException e) {
                listener.onEnded(e.code(), e.getMessage());
            }
        });
        if (!handed) {
            listener.onEnded(Code.DISCONNECTED, "the session ended");
        }
    }

    /** Gives credit back, from any thread. */
    public void consumed(long bytes) {
        final Registration mine = registration;
        session.execute(live -> live.consumed(mine, bytes));
    }

    /** To be called when the listener hears that it is over. */
    public void onEnded() {
        ended = true;
    }

    /** Whether messages may still come. */
    public boolean isActive() {
        return !ended;
    }

    /** Id within the session; zero before the session's thread has taken it up. */
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
        session.execute(this::unsubscribe);
    }

    private void unsubscribe(ClientSession live) {
        if (registration != null) {
            live.unsubscribe(registration);
        }
    }

    /** Unsubscribes; waits until the session's thread has done so, unless called there. Idempotent. */
    public void close() {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        final boolean handed = session.execute(live -> {
            unsubscribe(live);
            done.complete(null);
        });
        if (handed && !receiveThread.isCurrent()) {
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
