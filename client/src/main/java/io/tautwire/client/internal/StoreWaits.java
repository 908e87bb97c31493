package io.tautwire.client.internal;

import io.tautwire.TautwireException;
import io.tautwire.codec.MessagePrefix;
import io.tautwire.codec.sbe.Code;

/** Publishing that waits while the store is full or busy: the policy for callers who do not handle refusals. */
public final class StoreWaits {
    private static final long LOOK_AGAIN_NS = 100_000_000;

    private final String clientName;
    private final OpenStore store;
    private final ReceiveThread receiveThread;
    private final long timeoutNs;

    /**
     * A policy.
     *
     * @param timeoutNs how long to wait for room; zero fails at once.
     */
    public StoreWaits(String clientName, OpenStore store, ReceiveThread receiveThread, long timeoutNs) {
        this.clientName = clientName;
        this.store = store;
        this.receiveThread = receiveThread;
        this.timeoutNs = timeoutNs;
    }

    /**
     * As {@link OpenStore#begin}, but waits for room.
     *
     * @return the sequence, always positive.
     * @throws TautwireException BACK_PRESSURED, STORAGE_FULL or BUSY when there was no room in time, CLOSED,
     *                           MESSAGE_TOO_LARGE, JOURNAL_FAILED, INTERRUPTED, WOULD_DEADLOCK.
     */
    public long begin(MessagePrefix prefix, int bodyLength) {
        long result = store.begin(prefix, bodyLength);
        if (isWorthWaiting(result) && timeoutNs > 0) {
            result = spin(prefix, bodyLength);
            if (isWorthWaiting(result)) {
                result = park(prefix, bodyLength);
            }
        }
        if (result < 0) {
            throw refusal(result, prefix, bodyLength);
        }
        return result;
    }

    private long spin(MessagePrefix prefix, int bodyLength) {
        final long begin = System.nanoTime();
        long result;
        do {
            Thread.onSpinWait();
            result = tryAgain(prefix, bodyLength);
        } while (isWorthWaiting(result) && System.nanoTime() - begin < Waits.SPIN_NS);
        return result;
    }

    private long park(MessagePrefix prefix, int bodyLength) {
        final RoomGate room = store.room();
        final long deadline = System.nanoTime() + timeoutNs;
        long result;
        long left;
        do {
            final long since = room.enter();
            try {
                result = tryAgain(prefix, bodyLength);
                left = deadline - System.nanoTime();
                if (isWorthWaiting(result) && left > 0) {
                    room.await(since, Math.min(left, LOOK_AGAIN_NS)); // nobody tells when a disk has room again
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Waits.interrupted(e);
            } finally {
                room.leave();
            }
        } while (isWorthWaiting(result) && left > 0);
        return result;
    }

    /** Others that are in the way will be gone; but room is made by the receive thread alone. */
    private long tryAgain(MessagePrefix prefix, int bodyLength) {
        final long result = store.begin(prefix, bodyLength);
        if (result == OpenStore.BACK_PRESSURED || result == OpenStore.STORAGE_FULL) {
            receiveThread.checkMayWait("publish into a full store", "offer");
        }
        return result;
    }

    private static boolean isWorthWaiting(long result) {
        return result == OpenStore.BACK_PRESSURED || result == OpenStore.BUSY || result == OpenStore.STORAGE_FULL;
    }

    private TautwireException refusal(long result, MessagePrefix prefix, int bodyLength) {
        final String client = "client=" + clientName;
        if (result == OpenStore.CLOSED) {
            return new TautwireException(Code.CLOSED, client + " is closed; nothing more can be published");
        }
        if (result == OpenStore.TOO_LARGE) {
            return new TautwireException(
                    Code.MESSAGE_TOO_LARGE,
                    client + " bodyLength=" + bodyLength + " is more than "
                            + (store.maxFrame() - prefix.bodyOffset()) + ", what maxFrame=" + store.maxFrame()
                            + " leaves; publish less at once");
        }
        if (result == OpenStore.STORE_FAILED) {
            final TautwireException failure = store.journal().failure();
            return new TautwireException(
                    Code.JOURNAL_FAILED,
                    client + " the disk failed the publish store: nothing more is kept. See the cause, then open the"
                            + " store with another client; what it holds is sent then",
                    failure == null ? null : failure.getCause());
        }
        final long waitedMs = timeoutNs / 1_000_000;
        if (result == OpenStore.BUSY) {
            return new TautwireException(
                    Code.BUSY, client + " waitedMs=" + waitedMs + ": a claim is held; commit or abort it");
        }
        if (result == OpenStore.STORAGE_FULL) {
            return new TautwireException(
                    Code.STORAGE_FULL,
                    client + " waitedMs=" + waitedMs
                            + ": there is no room for more of the publish store; see the cause."
                            + " What is stored is safe, and publishing goes on when there is room",
                    store.journal().prepareFailure());
        }
        return new TautwireException(
                Code.BACK_PRESSURED,
                client + " waitedMs=" + waitedMs + ": the publish store is full, bound=" + store.bound()
                        + "; wait for acknowledgements, or give it more: storeBytes in the program, or store_size in"
                        + " the connection string");
    }
}
