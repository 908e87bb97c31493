package io.tautwire.client.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SenderTest {
    private final OpenStore store = Stores.of(1 << 16, 4);
    private final ArrayDeque<Runnable> handedOver = new ArrayDeque<>();
    private final Sender sender = new Sender(store, handedOver::add, () -> {});

    @Test
    void aSessionBeginsInTheLoopsHands() {
        store.sender(sender);
        Stores.publish(store, 0);
        assertTrue(handedOver.isEmpty());
        assertTrue(sender.take());
    }

    @Test
    void aPublisherThatFindsItFreeHandsOverOnce() {
        store.sender(sender);
        assertTrue(sender.release(0));
        Stores.publish(store, 0);
        Stores.publish(store, 0);
        assertEquals(1, handedOver.size());
    }

    @Test
    void theHolderDoesNotLetGoOfWhatItHasNotSeen() {
        store.sender(sender);
        Stores.publish(store, 0);
        assertFalse(sender.release(0));
        assertTrue(sender.release(1));
    }

    @Test
    void aHolderThatHasSentWhatItsPublisherIsYetToTellLetsGo() {
        store.sender(sender);
        assertTrue(sender.release(1));
        Stores.publish(store, 0);
        assertEquals(1, handedOver.size());
    }

    @Test
    void nobodyTakesItOnceClosed() {
        store.sender(sender);
        sender.close();
        assertFalse(sender.take());
        Stores.publish(store, 0);
        assertTrue(handedOver.isEmpty());
    }

    @Test
    void aLoopThatIsGoneDoesNotFailThePublisher() {
        final Sender orphan = new Sender(
                store,
                task -> {
                    throw new TautwireException(Code.CLOSED, "the loop is closed");
                },
                () -> {});
        orphan.release(0);
        store.sender(orphan);
        assertEquals(1, Stores.publish(store, 0));
        assertFalse(orphan.take());
    }

    @Test
    void noWakeUpIsLostHoweverCommitAndReleaseMeet() throws Exception {
        final int count = 200_000;
        final LinkedBlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
        final Holder holder = new Holder(loop);
        store.sender(holder.sender);
        final CompletableFuture<Void> loopThread =
                CompletableFuture.runAsync(() -> holder.run(count), Stores::startThread);
        final StoreWaits waits = new StoreWaits("pricer", store, new ReceiveThread("pricer"), SECONDS.toNanos(20));
        for (int i = 0; i < count; i++) {
            waits.begin(Stores.PREFIX, 8);
            store.commit(Stores.PREFIX, 8);
            if (i % 16 == 0) {
                Thread.onSpinWait(); // lets the holder find nothing left, and let go
            }
        }
        loopThread.get(40, SECONDS);
        assertEquals(count, holder.sent);
    }

    /** A loop that sends all there is, each time it is handed the sender. */
    private final class Holder {
        private final LinkedBlockingQueue<Runnable> tasks;
        private final Sender sender;
        private long sent;

        Holder(LinkedBlockingQueue<Runnable> tasks) {
            this.tasks = tasks;
            this.sender = new Sender(store, tasks::add, this::drain);
        }

        void run(long until) {
            drain();
            while (sent < until) {
                final Runnable task;
                try {
                    task = tasks.poll(10, SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                if (task == null) {
                    throw new AssertionError("nobody handed over what follows sequence=" + sent);
                }
                task.run();
            }
        }

        private void drain() {
            assertTrue(sender.take());
            do {
                sent = store.lastSequence();
                Stores.release(store);
            } while (!sender.release(sent));
        }
    }
}
