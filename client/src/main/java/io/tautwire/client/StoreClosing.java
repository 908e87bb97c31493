package io.tautwire.client;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.OpenStore;
import io.tautwire.client.internal.ReceiveThread;
import io.tautwire.client.internal.StoreKeeping;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what a closed client's store lies in, as soon as nobody appends to it or reads it. Memory is left to the
 * garbage collector.
 */
final class StoreClosing {
    private static final Logger LOGGER = LoggerFactory.getLogger(Client.class);
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_AGAIN_NS = 1_000_000;

    private final String clientName;
    private final OpenStore store;
    private final ReceiveThread receiveThread;
    private final Faults faults;

    StoreClosing(String clientName, OpenStore store, ReceiveThread receiveThread, Faults faults) {
        this.clientName = clientName;
        this.store = store;
        this.receiveThread = receiveThread;
        this.faults = faults;
    }

    /** Does it now, and waits for it at most a few seconds; on the receive thread another thread does it. */
    void run() {
        if (store.keeping() == StoreKeeping.MEMORY) {
            return;
        }
        if (!receiveThread.isCurrent()) {
            close();
            return;
        }
        final Thread closer = new Thread(this::close, "tautwire-client-" + clientName + "-store-closer");
        closer.setDaemon(true);
        closer.start();
    }

    private void close() {
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!isIdle() && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(this, LOOK_AGAIN_NS);
        }
        if (!isIdle()) {
            LOGGER.warn(
                    "client={} a handler has not returned, or a claim is held: the publish store stays open until the"
                            + " process ends",
                    clientName);
            return;
        }
        try {
            store.letGo();
        } catch (TautwireException e) {
            faults.report("publish store", e);
        }
    }

    private boolean isIdle() {
        return receiveThread.hasEnded() && store.isQuiet();
    }
}
