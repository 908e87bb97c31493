package io.tautwire.client.internal.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.tautwire.client.internal.OpenStore;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.wire.Wire;
import java.lang.management.ManagementFactory;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Publishing, sending, acknowledging and delivering allocate nothing once they are warm. */
class AllocationTest {
    private static final int ROUNDS = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final SessionFixture fixture = new SessionFixture();

    @Test
    void publishSendAndAcknowledge() {
        // The wire copies nothing and the acks are made beforehand, so what is measured is the client alone.
        final QuietWire wire = new QuietWire();
        final ClientSession session = session(wire);
        wire.handler = session;
        session.logon(new NoPassword());
        session.flush();
        final byte[][] acks = new byte[2 * ROUNDS][];
        final Peer peer = new Peer(bytes -> session.onBytes(new UnsafeBuffer(bytes), 0, bytes.length));
        peer.logonReply(0).send();
        final int[] next = {0};
        final Peer recorder = new Peer(bytes -> acks[next[0]++] = bytes);
        for (int i = 1; i <= acks.length; i++) {
            recorder.ack(i, i, Code.OK).send();
        }
        final UnsafeBuffer ack = new UnsafeBuffer(acks[0]);
        final OpenStore store = fixture.store;
        rounds(store, session, ack, acks, 0);
        final long before = threads.getCurrentThreadAllocatedBytes();
        rounds(store, session, ack, acks, ROUNDS);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < ROUNDS, "bytes=" + allocated + " in rounds=" + ROUNDS);
    }

    private void rounds(OpenStore store, ClientSession session, UnsafeBuffer ack, byte[][] acks, int from) {
        for (int i = from; i < from + ROUNDS; i++) {
            store.begin(fixture.prefix, 100);
            store.commit(fixture.prefix, 100);
            session.flush();
            ack.wrap(acks[i]);
            session.onBytes(ack, 0, ack.capacity());
            session.onBatchEnd();
        }
    }

    @Test
    void deliver() {
        final QuietWire wire = new QuietWire();
        final ClientSession session = session(wire);
        wire.handler = session;
        session.logon(new NoPassword());
        session.flush();
        final Peer peer = new Peer(bytes -> session.onBytes(new UnsafeBuffer(bytes), 0, bytes.length));
        peer.logonReply(0).send();
        final Counting counting = new Counting();
        session.subscribe(Interest.live("a".getBytes(), 1 << 20), counting);
        session.subscribe(Interest.live("#".getBytes(), 1 << 20), counting);
        peer.subscribeReply(1).subscribeReply(2).send();
        final byte[][] deliveries = new byte[2 * ROUNDS][];
        final int[] next = {0};
        final Peer recorder = new Peer(bytes -> deliveries[next[0]++] = bytes);
        for (int i = 0; i < deliveries.length; i++) {
            recorder.deliver(2, 1, 2)
                    .message(2 * i + 1, "a", new byte[100])
                    .message(2 * i + 2, "a", new byte[100])
                    .send();
        }
        final UnsafeBuffer bytes = new UnsafeBuffer(deliveries[0]);
        deliveries(session, bytes, deliveries, 0);
        final long before = threads.getCurrentThreadAllocatedBytes();
        deliveries(session, bytes, deliveries, ROUNDS);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < ROUNDS, "bytes=" + allocated + " in rounds=" + ROUNDS);
        assertTrue(counting.messages == 8L * ROUNDS, "messages=" + counting.messages);
    }

    private static void deliveries(ClientSession session, UnsafeBuffer bytes, byte[][] deliveries, int from) {
        for (int i = from; i < from + ROUNDS; i++) {
            bytes.wrap(deliveries[i]);
            session.onBytes(bytes, 0, bytes.capacity());
            session.onBatchEnd();
        }
    }

    private ClientSession session(QuietWire wire) {
        return new ClientSession(
                new SessionIdentity("pricer", "", "", "", 1 << 20, false),
                wire,
                fixture.store,
                new Acknowledgements(fixture.store, new QuietOutcomes()),
                SendRight.ALWAYS,
                new QuietEvents(),
                fixture.counters,
                new Subscriptions(true));
    }

    private static final class QuietWire implements Wire {
        private ClientSession handler;

        @Override
        public void write(DirectBuffer buffer, int offset, int length) {
            handler.onWritten(length);
        }

        @Override
        public void close() {
            throw new AssertionError("the session must not end");
        }

        @Override
        public void abort() {
            close();
        }

        @Override
        public String peer() {
            return "quiet";
        }
    }

    private static final class NoPassword implements Credentials {
        @Override
        public byte[] first() {
            return new byte[0];
        }

        @Override
        public void onChallenge(byte[] challenge) {
            throw new AssertionError("nothing is challenged");
        }
    }

    private static final class QuietOutcomes implements OutcomeListener {
        @Override
        public void onRefused(MessageView original, Code code, String reason) {}

        @Override
        public void onOutcome(long from, long to, Code code, String reason, AckLevel level) {}
    }

    private static final class QuietEvents implements SessionEvents {
        @Override
        public void onLoggedOn(SessionInfo info) {}

        @Override
        public boolean onPublishGap(long fromSequence, long toSequence) {
            return true;
        }

        @Override
        public void onUnclaimed(MessageView message, boolean isRendered) {}

        @Override
        public void onEnded(Code code, String reason, Throwable cause) {}
    }

    private static final class Counting implements SubscriptionListener {
        private long messages;

        @Override
        public void onSubscribed(long journalId, int epoch, long position) {}

        @Override
        public long onMessage(MessageView message, int alignedBytes, boolean isRendered) {
            messages++;
            return alignedBytes;
        }

        @Override
        public void onNotice(int kind, long fromPosition, long toPosition, String detail) {}

        @Override
        public void onOtherJournal(long lostJournalId, int lostEpoch, long lostPosition) {}

        @Override
        public void onEnded(Code code, String reason) {}
    }
}
