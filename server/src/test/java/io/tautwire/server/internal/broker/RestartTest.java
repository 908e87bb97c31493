package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.JournalCursor;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.memory.MemoryStorage;
import io.tautwire.server.AccessPolicy;
import io.tautwire.server.ServerLimits;
import io.tautwire.server.internal.broker.logon.LogonPolicy;
import io.tautwire.server.internal.broker.publisher.PublisherRecovery;
import io.tautwire.server.internal.broker.publisher.PublisherTable;
import io.tautwire.server.internal.broker.publisher.Tables;
import io.tautwire.server.internal.broker.retention.RetentionLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a broker writes down is what the next one finds. */
class RestartTest {
    private static final BrokerConfig CONFIG = new BrokerConfig(
            ServerLimits.defaults()
                    .change()
                    .maxPublishers(3)
                    .publisherRetention(Duration.ofSeconds(30))
                    .done(),
            AccessPolicy.PERMIT_ALL,
            LogonPolicy.OPEN,
            AckLevel.SYNCED,
            "rig");

    private final Journal journal =
            new Journal(new MemoryStorage(), new JournalConfig(42, 0, 4096, 4096, WhenFull.REFUSE));
    private final Deque<byte[]> snapshots = new ArrayDeque<>();
    private final Deque<Long> unwritten = new ArrayDeque<>();
    private PublisherTable live = CONFIG.newPublishers();
    private Rig rig = start(live, 0);

    @Test
    void aCommandSentAgainAfterARestartIsADuplicate() {
        rig.logon("p").publish("t", "1").publish("t", "2").send();
        restart();
        final Peer back = resume("p", 1001, 1, 4);
        assertEquals(List.of("LogonReply last=2 user= type=", "Ack 1-2 OK"), back.lines());
        back.message(2, "t", "2").message(3, "t", "3").send();
        assertEquals(List.of("Ack 3-3 OK"), back.lines());
    }

    @Test
    void aRefusalIsToldAgainAfterARestartWithItsReason() {
        final Peer peer = rig.logon("p");
        peer.publish("t", "1")
                .publish("a//b", "2")
                .skip(3, Code.MESSAGE_TOO_LARGE)
                .send();
        restart();
        final Peer back = resume("p", 1001, 1, 4);
        assertEquals(
                List.of(
                        "LogonReply last=3 user= type=",
                        "Ack 1-1 OK",
                        "Ack 2-2 TOPIC_INVALID",
                        "Ack 3-3 MESSAGE_TOO_LARGE"),
                back.lines());
        assertEquals(peer.got.reasons, back.got.reasons);
    }

    @Test
    void whoClosedItsStoreIsForgottenAfterARestartToo() {
        rig.logon("p").publish("t", "1").send().goodbye(Code.CLOSED).send().end();
        restart();
        assertEquals(
                List.of("LogonReply last=0 user= type="),
                resume("p", 1001, 1, 2).lines());
    }

    @Test
    void usersWhoShareANameAndAnIncarnationShareNothing() {
        as("u", 7, 1).publish("t", "u1").publish("t", "u2").send().cut();
        as("v", 7, 1).publish("t", "v1").send().cut();
        final Peer back = as("u", 7, 3);
        back.message(3, "t", "u3").send().cut();
        restart();
        final Peer again = as("u", 7, 4);
        assertEquals(3, lastAppended(again));
        again.cut();
        assertEquals(1, lastAppended(as("v", 7, 2)));
    }

    @Test
    void stampsNeverFallThoughTheClockDoes() {
        rig.host.epochNs = 9000;
        rig.logon("p").publish("t", "1").send();
        restart();
        rig.host.epochNs = 5000;
        final Peer reader = rig.logon("r").subscribe(1, "#").send();
        rig.logon("q").publish("t", "2").send();
        assertEquals(9000, reader.got.delivered.get(0).timestamp());
    }

    @Test
    void refusesToStartWithoutKnowingWhoPublished() {
        rig.logon("p").publish("t", "1").send();
        final PublisherRecovery recovery = new PublisherRecovery(CONFIG::newPublishers);
        final JournalCursor cursor = journal.cursor(0);
        cursor.poll();
        while (cursor.poll() == JournalCursor.FRAME) {
            visit(recovery, cursor);
        }
        final TautwireException failure =
                assertThrows(TautwireException.class, () -> recovery.conclude(0, journal.tail()));
        assertEquals(Code.JOURNAL_CORRUPT, failure.code());
    }

    @Test
    void anyHistoryIsRebuiltExactly() {
        for (int round = 0; round < 20; round++) {
            final long seed = System.nanoTime();
            new RestartTest().randomHistory(new Random(seed), "seed=" + seed);
        }
    }

    private void randomHistory(Random random, String seed) {
        final List<Peer> peers = new ArrayList<>();
        int restarts = 0;
        for (int step = 0; step < 600; step++) {
            final int kind = random.nextInt(100);
            if (kind < 15 || peers.isEmpty()) {
                logOn(random, peers);
            } else if (kind < 25) {
                leave(random, peers.remove(random.nextInt(peers.size())));
            } else if (kind < 30) {
                rig.passMs(random.nextInt(5000));
                peers.removeIf(peer -> peer.wire.isClosed());
            } else if (kind < 35 && !unwritten.isEmpty()) {
                rig.broker.onSnapshotWritten(unwritten.remove());
            } else if (kind < 37) {
                check(seed);
            } else if (kind < 38) {
                peers.clear();
                restart();
                restarts++;
            } else {
                publish(random, peers.get(random.nextInt(peers.size())));
            }
        }
        check(seed);
        assertTrue(restarts == 0 || !snapshots.isEmpty() || journal.tail() < 8192, seed);
    }

    private void logOn(Random random, List<Peer> peers) {
        final Peer peer = new Peer("n" + random.nextInt(3), random.nextInt(3));
        peer.user = random.nextInt(4) == 0 ? "" : "u" + random.nextInt(2);
        peer.lowestOutstanding = 1 + random.nextInt(5);
        peer.nextSequence = Long.MAX_VALUE / 2;
        rig.connect(peer);
        peer.logon().send();
        peers.removeIf(other -> other.wire.isClosed());
        if (!peer.wire.isClosed()) {
            peer.nextSequence = Math.max(lastAppended(peer) + 1, peer.lowestOutstanding);
            peer.nextSequence = Math.max(peer.nextSequence, peer.got.confirmedBelow);
            peers.add(peer);
        }
    }

    private static void leave(Random random, Peer peer) {
        if (random.nextInt(3) == 0) {
            peer.goodbye(random.nextBoolean() ? Code.CLOSED : Code.OK).send().end();
        } else {
            peer.cut();
        }
    }

    private static void publish(Random random, Peer peer) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            if (random.nextInt(10) == 0) {
                peer.skip(peer.nextSequence++, 20 + random.nextInt(3));
            } else {
                peer.publish(random.nextInt(3) == 0 ? "a" + "/".repeat(2 + random.nextInt(3)) : "t", "x");
            }
        }
        if (random.nextInt(5) == 0) {
            peer.heartbeat(1 + random.nextInt((int) peer.nextSequence));
        }
        peer.send();
    }

    private void check(String seed) {
        final PublisherTable rebuilt = recover().table();
        assertEquals(Tables.describe(live, live), Tables.describe(rebuilt, live), seed);
    }

    private PublisherRecovery.Result recover() {
        final PublisherRecovery recovery = new PublisherRecovery(CONFIG::newPublishers);
        snapshots.forEach(bytes -> recovery.addSnapshot(bytes, 42));
        final JournalCursor cursor = journal.cursor(journal.head());
        while (cursor.poll() == JournalCursor.FRAME) {
            visit(recovery, cursor);
        }
        return recovery.conclude(journal.head(), journal.tail());
    }

    private static void visit(PublisherRecovery recovery, JournalCursor cursor) {
        recovery.onFrame(
                cursor.position(),
                cursor.buffer(),
                cursor.offset(),
                cursor.length(),
                FrameDescriptor.templateId(cursor.buffer(), cursor.offset()));
    }

    private void restart() {
        final PublisherRecovery.Result result = recover();
        live = result.table();
        unwritten.clear();
        rig = start(live, result.lastTimestamp());
    }

    private Rig start(PublisherTable publishers, long lastTimestamp) {
        final RetentionLimits limits = new RetentionLimits(8192, Long.MAX_VALUE);
        return new Rig(CONFIG, journal, new TransactionLog(publishers, 0, lastTimestamp, this::onSnapshot, limits));
    }

    private void onSnapshot(long position, byte[] bytes) {
        snapshots.add(bytes);
        unwritten.add(position);
        if (snapshots.size() > 2) {
            snapshots.remove();
        }
    }

    private Peer as(String user, long incarnation, long nextSequence) {
        final Peer peer = rig.connect("n", incarnation);
        peer.user = user;
        peer.lowestOutstanding = 1;
        peer.nextSequence = nextSequence;
        return peer.logon().send();
    }

    private Peer resume(String name, long incarnation, long lowestOutstanding, long nextSequence) {
        final Peer peer = rig.connect(name, incarnation);
        peer.lowestOutstanding = lowestOutstanding;
        peer.nextSequence = nextSequence;
        return peer.logon().send();
    }

    private static long lastAppended(Peer peer) {
        final String reply = peer.got.lines.get(0);
        return Long.parseLong(reply.substring(reply.indexOf("last=") + 5, reply.indexOf(" user=")));
    }
}
