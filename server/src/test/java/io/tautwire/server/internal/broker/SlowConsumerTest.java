package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.server.AccessPolicy;
import io.tautwire.server.ServerLimits;
import io.tautwire.server.internal.broker.counters.Counter;
import io.tautwire.server.internal.broker.logon.LogonPolicy;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlowConsumerTest {
    private static final int OUTPUT = 128 * 1024;
    private static final ServerLimits LIMITS = ServerLimits.defaults()
            .change()
            .maxFrame(32 * 1024)
            .outputBytes(OUTPUT)
            .done();

    private final Rig rig = new Rig(LIMITS);
    private final Peer publisher = rig.logon("p");
    private final Peer slow = rig.logon("slow").subscribe(1, "#").send();
    private final Peer quick = rig.logon("quick").subscribe(1, "#").send();

    @Test
    void aSlowConsumerCostsItsOutputBufferAndSlowsNobody() {
        slow.wire.hold();
        publish(5000);
        assertEquals(5000, quick.bodies(1).size());
        assertEquals(0, slow.bodies(1).size());
        final int pending = rig.broker.sessions().get(1).pendingBytes();
        assertTrue(pending <= 2 * OUTPUT, "pendingBytes=" + pending);
        assertTrue(rig.broker.sessions().get(1).lagBytes() > OUTPUT);
        assertFalse(slow.wire.isClosed());
    }

    @Test
    void itGetsEverythingInOrderOnceItReads() {
        slow.wire.hold();
        publish(5000);
        slow.wire.release();
        rig.catchUp();
        assertEquals(numbers(5000), slow.bodies(1));
        assertTrue(slow.got.isWhole());
        publisher.publish("t", "5001").send();
        assertEquals(numbers(5001), slow.bodies(1));
        assertEquals(0, rig.broker.sessions().get(1).lagBytes());
    }

    @Test
    void itGetsEverythingThroughAWireThatTakesAFewBytesAtATime() {
        slow.wire.hold();
        publish(2000);
        while (slow.wire.isWriting()) {
            slow.wire.take(1000);
            rig.catchUp();
        }
        assertEquals(numbers(2000), slow.bodies(1));
    }

    @Test
    void whoIsLappedIsToldWhatItMissed() {
        final Rig small = new Rig(LIMITS, AccessPolicy.PERMIT_ALL, LogonPolicy.OPEN, 256 * 1024);
        final Peer from = small.logon("p");
        final Peer late = small.logon("late")
                .subscribe(1, "#", 80)
                .subscribe(2, "other", 80)
                .send();
        late.lines();
        for (int i = 1; i <= 10_000; i++) {
            from.publish("t", "" + i).send();
        }
        late.credit(1, 1 << 20).send();
        small.catchUp();
        final List<String> bodies = late.bodies(1);
        final int first = Integer.parseInt(bodies.get(1));
        assertTrue(first > 2, "first=" + first);
        assertEquals(
                IntStream.rangeClosed(first, 10_000).mapToObj(Integer::toString).toList(),
                bodies.subList(1, bodies.size()));
        final long missedTo = late.got.delivered.get(1).position();
        final List<String> notices = late.lines();
        assertEquals(1, notices.size());
        assertTrue(notices.get(0).startsWith("Gap 1 80-") && notices.get(0).endsWith("-" + missedTo), notices.get(0));
        assertEquals(1, small.broker.counters().get(Counter.GAPS));
    }

    @Test
    void acknowledgementsPassAFullOutput() {
        slow.wire.hold();
        publish(5000);
        slow.publish("t", "mine").send();
        slow.wire.release();
        rig.catchUp();
        assertTrue(slow.lines().contains("Ack 1-1 OK"));
    }

    @Test
    void acknowledgementsMergeWhileThereIsNoRoom() {
        final Peer deaf = rig.logon("deaf");
        deaf.wire.hold();
        for (int i = 1; i <= 10_000; i++) {
            deaf.publish(i > 2000 || i % 2 == 0 ? "t" : "t//", "x").send();
        }
        final int pending = rig.broker.sessions().get(3).pendingBytes();
        assertTrue(pending <= 2 * OUTPUT, "pendingBytes=" + pending);
        deaf.wire.release();
        final List<String> lines = deaf.lines();
        assertEquals("Ack 1-1 TOPIC_INVALID", lines.get(0));
        assertEquals("Ack 2000-10000 OK", lines.get(lines.size() - 1));
        assertEquals(2000, lines.size());
    }

    @Test
    void whoAsksAndDoesNotReadTheAnswersIsLetGo() {
        final Peer deaf = rig.logon("deaf");
        deaf.wire.hold();
        int asked = 0;
        while (!rig.host.faults.contains(FaultKind.OVERFLOW) && asked++ < 100_000) {
            deaf.subscribe(asked, "t").unsubscribe(asked).send();
        }
        assertTrue(asked > 1000 && asked < 100_000, "asked=" + asked);
        rig.passMs(1100);
        assertTrue(deaf.wire.isClosed());
    }

    @Test
    void aMessageTooLongForThePeerIsToldOnceToEachSubscriptionThoughRoomRunsOutBetween() {
        final int subscriptions = 900;
        final Peer narrow = rig.connect("narrow");
        narrow.maxFrame = 16 * 1024;
        narrow.logon();
        for (int id = 1; id <= subscriptions; id++) {
            narrow.subscribe(id, "#");
        }
        narrow.send().lines();
        narrow.wire.hold();
        for (int i = 1; i <= 5; i++) {
            publisher.publish("t", "x".repeat(20_000)).publish("t", "" + i).send();
        }
        narrow.wire.release();
        rig.catchUp();
        final List<String> notices = narrow.lines();
        assertEquals(5 * subscriptions, notices.size());
        assertEquals(5 * subscriptions, Set.copyOf(notices).size());
        assertEquals(numbers(5), narrow.bodies(subscriptions));
    }

    @Test
    void manyWhoAreBehindHaveTheirTurns() {
        final Peer[] readers = new Peer[5];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = rig.logon("reader-" + i).subscribe(1, "#", 0).send();
        }
        publish(5000);
        for (final Peer reader : readers) {
            reader.credit(1, Long.MAX_VALUE).send();
        }
        rig.broker.catchUp(readers.length * 64 * 1024);
        for (final Peer reader : readers) {
            assertTrue(!reader.bodies(1).isEmpty() && reader.bodies(1).size() < 5000);
        }
        rig.catchUp();
        for (final Peer reader : readers) {
            assertEquals(numbers(5000), reader.bodies(1));
        }
    }

    private void publish(int count) {
        for (int i = 1; i <= count; i++) {
            publisher.publish("t", "" + i);
            if (i % 100 == 0) {
                publisher.send();
            }
        }
        publisher.send();
    }

    private static List<String> numbers(int to) {
        return IntStream.rangeClosed(1, to).mapToObj(Integer::toString).toList();
    }
}
