package io.tautwire.client.internal;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.JournalCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpenStoreTest {
    private static final long WAIT_NS = SECONDS.toNanos(20);

    private final OpenStore store = Stores.of(4096, 2);
    private final ReceiveThread receiveThread = new ReceiveThread("pricer");

    @Test
    void sequencesBeginAtOneAndRiseByOne() {
        assertEquals(1, Stores.publish(store, 0));
        assertEquals(2, Stores.publish(store, 0));
        assertEquals(2, store.lastSequence());
    }

    @Test
    void takesAsManyBytesAsItsBoundAndMoreWhenThatIsRaised() {
        final OpenStore bounded = Stores.of(4096, 64);
        bounded.bound(2048);
        final long frame = fill(bounded);
        assertEquals(2048 / frame, bounded.lastSequence());
        bounded.bound(10_000);
        fill(bounded);
        assertTrue(bounded.journal().tail() <= 10_000 && bounded.journal().tail() > 10_000 - 2 * frame);
        bounded.bound(Long.MAX_VALUE);
        fill(bounded);
        assertEquals(64 * (4096 / frame), bounded.lastSequence());
        assertEquals(64 * 4096, bounded.bound());
    }

    @Test
    void aBoundBelowWhatIsStoredLosesNothing() {
        final OpenStore bounded = Stores.of(4096, 64);
        bounded.bound(100_000);
        fill(bounded);
        final long stored = bounded.lastSequence();
        bounded.bound(4096);
        assertEquals(OpenStore.BACK_PRESSURED, Stores.publish(bounded, 0));
        final JournalCursor cursor = bounded.journal().cursor(0);
        long left = 0;
        while (cursor.poll() == JournalCursor.FRAME) {
            left++;
        }
        assertEquals(stored, left);
        Stores.release(bounded);
        assertEquals(stored + 1, Stores.publish(bounded, 0));
    }

    @Test
    void aFrameOfMoreThanHalfTheBoundIsTooLarge() {
        final OpenStore bounded = Stores.of(4096, 64);
        bounded.bound(2048);
        assertEquals(1024, bounded.maxFrame());
        assertEquals(OpenStore.TOO_LARGE, bounded.begin(Stores.PREFIX, 1024 - Stores.PREFIX.bodyOffset() + 1));
        for (int i = 0; i < 20; i++) { // at the end of a segment, too, there is room for it in the end
            assertTrue(bounded.begin(Stores.PREFIX, 1024 - Stores.PREFIX.bodyOffset()) > 0);
            bounded.commit(Stores.PREFIX, 900 - Stores.PREFIX.bodyOffset());
            Stores.release(bounded);
        }
    }

    @Test
    void aHigherBoundWakesWhoWaitsForRoom() throws Exception {
        final OpenStore bounded = Stores.of(4096, 64);
        bounded.bound(2048);
        fill(bounded);
        final CompletableFuture<Long> waiting = new CompletableFuture<>();
        Stores.startThread(() -> waiting.complete(
                new StoreWaits("pricer", bounded, receiveThread, WAIT_NS).begin(Stores.PREFIX, Long.BYTES)));
        bounded.bound(4096);
        assertTrue(waiting.get(20, SECONDS) > 0);
    }

    /** Publishes until there is no more room; returns what a message takes. */
    private static long fill(OpenStore store) {
        final long begin = store.journal().tail();
        long frame = 0;
        while (Stores.publish(store, 0) > 0) {
            frame = frame == 0 ? store.journal().tail() - begin : frame;
        }
        return frame;
    }

    @Test
    void manyThreadsLeaveNoGapAndKeepEachThreadsOrder() throws Exception {
        final int threads = 4;
        final int each = 25_000;
        final OpenStore large = Stores.of(1 << 20, 16);
        final StoreWaits waits = new StoreWaits("pricer", large, receiveThread, WAIT_NS);
        final List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            final long mark = (long) i << 32;
            done.add(CompletableFuture.runAsync(() -> publishAll(large, waits, mark, each), Stores::startThread));
        }
        for (final CompletableFuture<Void> thread : done) {
            thread.get(30, SECONDS);
        }
        final long[] next = new long[threads];
        final JournalCursor cursor = large.journal().cursor(0);
        final MessageView view = new MessageView();
        final FrameChecksum checksum = new FrameChecksum();
        long sequence = 0;
        while (cursor.poll() == JournalCursor.FRAME) {
            view.wrap(cursor.buffer(), cursor.offset());
            assertEquals(++sequence, view.sequence());
            assertTrue(checksum.isContentIntact(cursor.buffer(), cursor.offset(), cursor.length()));
            final long value = view.buffer().getLong(view.bodyOffset());
            assertEquals(next[(int) (value >> 32)]++, value & 0xFFFFFFFFL);
        }
        assertEquals((long) threads * each, sequence);
        assertEquals(sequence, large.lastSequence());
    }

    private static void publishAll(OpenStore to, StoreWaits waits, long mark, int count) {
        for (int i = 0; i < count; i++) {
            waits.begin(Stores.PREFIX, Long.BYTES);
            to.buffer().putLong(to.frameOffset() + Stores.PREFIX.bodyOffset(), mark | i);
            to.commit(Stores.PREFIX, Long.BYTES);
        }
    }

    @Test
    void isBackPressuredWhenFullAndTakesMoreWhenOutcomesCame() {
        fill();
        assertEquals(OpenStore.BACK_PRESSURED, Stores.publish(store, 0));
        final long last = store.lastSequence();
        Stores.release(store);
        assertEquals(last + 1, Stores.publish(store, 0));
    }

    @Test
    void refusesWhatIsLongerThanTheServerTakes() {
        store.serverMaxFrame(200);
        assertEquals(OpenStore.TOO_LARGE, store.begin(Stores.PREFIX, 200));
        assertTrue(store.begin(Stores.PREFIX, 100) > 0);
    }

    @Test
    void refusesWhatIsLongerThanASegment() {
        assertEquals(OpenStore.TOO_LARGE, store.begin(Stores.PREFIX, 5_000));
        assertEquals(OpenStore.TOO_LARGE, store.begin(Stores.PREFIX, Integer.MAX_VALUE));
    }

    @Test
    void othersAreBusyWhileAClaimIsHeld() throws Exception {
        assertEquals(1, store.begin(Stores.PREFIX, 8));
        assertEquals(
                OpenStore.BUSY, onAnotherThread(() -> Stores.publish(store, 0)).get(20, SECONDS));
        store.commit(Stores.PREFIX, 8);
        assertEquals(2, onAnotherThread(() -> Stores.publish(store, 0)).get(20, SECONDS));
    }

    @Test
    void anAbortedClaimUsesNoSequence() {
        assertEquals(1, store.begin(Stores.PREFIX, 8));
        store.abort();
        assertEquals(0, store.lastSequence());
        assertEquals(1, Stores.publish(store, 0));
    }

    @Test
    void publishWaitsForRoom() throws Exception {
        fill();
        final long last = store.lastSequence();
        final CompletableFuture<Long> published = waitingPublish(WAIT_NS);
        assertThrows(TimeoutException.class, () -> published.get(50, MILLISECONDS));
        Stores.release(store);
        assertEquals(last + 1, published.get(20, SECONDS));
    }

    @Test
    void publishWaitsForTheEndOfAClaim() throws Exception {
        store.begin(Stores.PREFIX, 8);
        final CompletableFuture<Long> published = waitingPublish(WAIT_NS);
        assertThrows(TimeoutException.class, () -> published.get(50, MILLISECONDS));
        store.abort();
        assertEquals(1, published.get(20, SECONDS));
    }

    @Test
    void publishGivesUpInTime() {
        fill();
        assertCode(Code.BACK_PRESSURED, waitingPublish(10_000_000));
    }

    @Test
    void publishFailsAtOnceWhereThePolicySaysSo() {
        fill();
        assertCode(Code.BACK_PRESSURED, waitingPublish(0));
    }

    @Test
    void closingWakesThoseWhoWaitForRoom() throws Exception {
        fill();
        final CompletableFuture<Long> published = waitingPublish(WAIT_NS);
        assertThrows(TimeoutException.class, () -> published.get(50, MILLISECONDS));
        store.close();
        assertCode(Code.CLOSED, published);
        assertEquals(OpenStore.CLOSED, Stores.publish(store, 0));
    }

    @Test
    void noPublisherSleepsOnThroughRoomThatWasMade() throws Exception {
        final CompletableFuture<Void> publisher = CompletableFuture.runAsync(
                () -> {
                    final StoreWaits waits = new StoreWaits("pricer", store, receiveThread, WAIT_NS);
                    publishAll(store, waits, 0, 50_000);
                },
                Stores::startThread);
        while (!publisher.isDone()) {
            Stores.release(store);
            Thread.onSpinWait();
        }
        publisher.get(1, SECONDS);
        assertEquals(50_000, store.lastSequence());
    }

    @Test
    void theNextSequenceIsNeverBehindWhatTheJournalShows() throws Exception {
        final OpenStore large = Stores.of(1 << 20, 16);
        final CompletableFuture<Void> publisher = CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; i < 50_000; i++) {
                        Stores.publish(large, i);
                    }
                },
                Stores::startThread);
        final JournalCursor cursor = large.journal().cursor(0);
        long seen = 0;
        while (seen < 50_000) {
            if (cursor.poll() == JournalCursor.FRAME) {
                seen++;
                assertTrue(large.nextSequence() > seen, "seen=" + seen);
            }
        }
        publisher.get(1, SECONDS);
        assertEquals(50_001, large.nextSequence());
    }

    private CompletableFuture<Long> waitingPublish(long timeoutNs) {
        final StoreWaits waits = new StoreWaits("pricer", store, receiveThread, timeoutNs);
        return onAnotherThread(() -> {
            waits.begin(Stores.PREFIX, 8);
            return store.commit(Stores.PREFIX, 8);
        });
    }

    private void fill() {
        while (Stores.publish(store, 0) > 0) {
            Thread.onSpinWait();
        }
    }

    private static CompletableFuture<Long> onAnotherThread(Supplier<Long> work) {
        return CompletableFuture.supplyAsync(work, Stores::startThread);
    }

    private static void assertCode(Code code, CompletableFuture<Long> failing) {
        final ExecutionException failure = assertThrows(ExecutionException.class, () -> failing.get(20, SECONDS));
        assertEquals(code, ((TautwireException) failure.getCause()).code());
    }
}
