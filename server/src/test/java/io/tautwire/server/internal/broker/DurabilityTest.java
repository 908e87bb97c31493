package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurabilityTest {
    private SlowDisk disk;
    private final Rig rig = rig(AckLevel.SYNCED);

    @Test
    void acknowledgesWhatIsSyncedAndNothingBefore() {
        final Peer peer = rig.logon("p");
        peer.publish("t", "1").publish("t", "2").send();
        assertEquals(List.of(), peer.lines());
        disk.written();
        rig.broker.onJournalProgress();
        assertEquals(List.of(), peer.lines(), "written is not synced");
        disk.forced();
        rig.broker.onJournalProgress();
        assertEquals(List.of("Ack 1-2 OK"), peer.lines());
        assertEquals(AckLevel.SYNCED, peer.got.ackLevel);
    }

    @Test
    void acknowledgesWhatIsWrittenWhereThatIsPromised() {
        final Rig written = rig(AckLevel.WRITTEN);
        final Peer peer = written.logon("p");
        peer.publish("t", "1").send();
        assertEquals(List.of(), peer.lines());
        disk.written();
        written.broker.onJournalProgress();
        assertEquals(List.of("Ack 1-1 OK"), peer.lines());
        assertEquals(AckLevel.WRITTEN, peer.got.ackLevel);
    }

    @Test
    void acknowledgesAtOnceWhereNothingMoreIsPromisedAndStillKeepsIt() {
        final Rig received = rig(AckLevel.RECEIVED);
        final Peer peer = received.logon("p");
        peer.publish("t", "1").send();
        assertEquals(List.of("Ack 1-1 OK"), peer.lines());
        assertEquals(1, disk.forcesAsked());
    }

    @Test
    void deliversAndTakesMoreWhileASyncIsUnderWay() {
        final Peer reader = rig.logon("r").subscribe(1, "#").send();
        final Peer peer = rig.logon("p");
        peer.publish("t", "1").send();
        peer.publish("t", "2").send();
        peer.publish("t//", "3").send();
        assertEquals(List.of("1", "2"), reader.bodies(1));
        disk.forcedOnce();
        rig.broker.onJournalProgress();
        assertEquals(List.of("Ack 1-1 OK"), peer.lines());
        disk.forced();
        rig.broker.onJournalProgress();
        assertEquals(List.of("Ack 2-2 OK", "Ack 3-3 TOPIC_INVALID"), peer.lines());
    }

    @Test
    void rangesOfManyStepsBecomeOne() {
        final Peer peer = rig.logon("p");
        for (int i = 1; i <= 1000; i++) {
            peer.publish("t", "x").send();
        }
        disk.forced();
        rig.broker.onJournalProgress();
        assertEquals(List.of("Ack 1-1000 OK"), peer.lines());
    }

    @Test
    void neverTellsMoreThanIsSyncedHoweverManyStepsWait() {
        final Peer peer = rig.logon("p");
        for (int i = 1; i <= 500; i++) {
            peer.publish("t", "x").send();
        }
        for (int synced = 1; synced <= 500; synced++) {
            disk.forcedOnce();
            rig.broker.onJournalProgress();
            assertTrue(peer.got.acknowledged <= synced, "acknowledged=" + peer.got.acknowledged + " synced=" + synced);
        }
        assertEquals(500, peer.got.acknowledged);
    }

    @Test
    void aSessionThatComesBackIsToldWhatWaitsWhenItIsSynced() {
        final Peer peer = rig.logon("p");
        peer.publish("t", "1").publish("t//", "2").send().cut();
        final Peer back = rig.connect("p", 1001);
        back.nextSequence = 3;
        back.logon().send();
        assertEquals(List.of("LogonReply last=2 user= type="), back.lines());
        disk.forced();
        rig.broker.onJournalProgress();
        assertEquals(List.of("Ack 1-1 OK", "Ack 2-2 TOPIC_INVALID"), back.lines());
    }

    @Test
    void aReplacedSessionIsToldNothingMore() {
        final Peer first = rig.logon("p");
        first.publish("t", "1").send();
        final Peer second = rig.connect("p", 1001);
        second.nextSequence = 2;
        second.logon().send();
        assertEquals(List.of("Goodbye SESSION_REPLACED"), first.lines());
        first.end();
        second.publish("t", "2").send();
        disk.forced();
        rig.broker.onJournalProgress();
        assertEquals(List.of(), first.lines());
        assertEquals(List.of("LogonReply last=1 user= type=", "Ack 1-2 OK"), second.lines());
    }

    @Test
    void waitsForTheDiskRatherThanForgetARefusal() {
        final Peer peer = rig.logon("p");
        final List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 5000; i++) {
            peer.publish(i % 2 == 0 ? "t" : "t//", "x");
            expected.add("Ack " + i + "-" + i + (i % 2 == 0 ? " OK" : " TOPIC_INVALID"));
        }
        peer.send();
        assertTrue(peer.wire.isPaused());
        rig.passMs(60_000);
        final List<String> lines = new ArrayList<>();
        while (lines.size() < expected.size()) {
            assertTrue(disk.forcesAsked() > 0, "it waits for nothing; lines=" + lines.size());
            disk.forced();
            rig.broker.onJournalProgress();
            peer.send();
            lines.addAll(peer.lines());
            lines.removeIf(line -> line.startsWith("Heartbeat"));
        }
        assertEquals(expected, lines);
    }

    @Test
    void nothingIsAcknowledgedAfterAFailedSyncAndEverybodyIsTold() {
        final Peer peer = rig.logon("p");
        final Peer other = rig.logon("o");
        peer.publish("t", "1").send();
        peer.publish("t", "2").send();
        disk.forcedOnce();
        disk.failForce();
        rig.broker.onJournalProgress();
        assertFalse(peer.lines().contains("Ack 2-2 OK"));
        assertEquals("Goodbye JOURNAL_FAILED", peer.got.lines.get(peer.got.lines.size() - 1));
        assertEquals(List.of("Goodbye JOURNAL_FAILED"), other.lines());
        assertEquals(List.of(FaultKind.JOURNAL), rig.host.faults);
        final Peer late = rig.connect("late").logon().send();
        assertEquals(List.of("Reject 10 0 JOURNAL_FAILED"), late.lines());
    }

    @Test
    void aFailureFoundWhilePublishingEndsEverySession() {
        final Peer peer = rig.logon("p");
        final Peer other = rig.logon("o");
        peer.publish("t", "1").send();
        disk.failForce();
        peer.publish("t", "2").send();
        assertEquals(List.of("Goodbye JOURNAL_FAILED"), peer.lines());
        assertEquals(List.of("Goodbye JOURNAL_FAILED"), other.lines());
    }

    @Test
    void aPublisherWaitsForASegmentThatIsOnItsWay() {
        final Rig small = smallRig();
        final Peer reader = small.logon("r").subscribe(1, "#").send();
        final Peer peer = small.logon("p");
        for (int i = 0; i < 10; i++) {
            peer.publish("t", "x".repeat(1000));
        }
        peer.send();
        assertTrue(peer.wire.isPaused());
        assertFalse(reader.wire.isPaused());
        while (peer.wire.isPaused()) {
            disk.prepared();
            small.broker.onJournalProgress();
            peer.send();
        }
        disk.forced();
        small.broker.onJournalProgress();
        assertEquals(10, peer.got.acknowledged);
        assertEquals(10, reader.bodies(1).size());
    }

    @Test
    void aFullDiskIsToldAndLeavesEverythingOutstanding() {
        final Rig small = smallRig();
        final Peer peer = small.logon("p");
        final String body = "x".repeat(1000);
        for (int i = 0; i < 10; i++) {
            peer.publish("t", body);
        }
        peer.send();
        disk.failPrepare();
        small.broker.onJournalProgress();
        peer.send();
        disk.forced();
        small.broker.onJournalProgress();
        final long taken = peer.got.acknowledged;
        assertEquals(List.of("Reject 1 " + (taken + 1) + " STORAGE_FULL", "Ack 1-" + taken + " OK"), peer.lines());
        assertEquals(List.of(FaultKind.STORAGE_FULL), small.host.faults);

        peer.message(taken + 1, "t", body).send();
        disk.failPrepare();
        small.broker.onJournalProgress();
        assertEquals(List.of("Reject 1 " + (taken + 1) + " STORAGE_FULL"), peer.lines());
        peer.message(taken + 5, "t", "later than expected").send();
        assertEquals(List.of(), peer.lines(), "let pass, as it may have been under way");

        peer.message(taken + 1, "t", body).message(taken + 2, "t", "and on").send();
        disk.prepared();
        small.broker.onJournalProgress();
        peer.lines();
        peer.message(taken + 1, "t", body).message(taken + 2, "t", "and on").send();
        disk.forced();
        small.broker.onJournalProgress();
        assertEquals(List.of("Ack " + (taken + 1) + "-" + (taken + 2) + " OK"), peer.lines());
        peer.message(taken + 9, "t", "a gap").send();
        assertEquals(List.of("Goodbye SEQUENCE_INVALID"), peer.lines());
    }

    private Rig rig(AckLevel level) {
        disk = new SlowDisk();
        return new Rig(level, new Journal(disk, JournalConfig.ofCapacity(42, 0, WhenFull.REFUSE, 16 << 20, 4096)));
    }

    /** Its first segment is there, and the next ones come when the test says so. */
    private Rig smallRig() {
        disk = new SlowDisk();
        final Journal journal = new Journal(disk, new JournalConfig(42, 0, 4096, 64, WhenFull.REFUSE));
        disk.isPreparingLate = true;
        return new Rig(AckLevel.SYNCED, journal);
    }

    @Test
    void aCodeOfASkipIsToldWhenItIsSynced() {
        final Peer peer = rig.logon("p").skip(1, Code.MESSAGE_TOO_LARGE).send();
        assertEquals(List.of(), peer.lines());
        disk.forced();
        rig.broker.onJournalProgress();
        assertEquals(List.of("Ack 1-1 MESSAGE_TOO_LARGE"), peer.lines());
    }
}
