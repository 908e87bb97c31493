package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import io.tautwire.server.AccessPolicy;
import io.tautwire.server.ServerLimits;
import io.tautwire.server.internal.broker.counters.Counter;
import io.tautwire.server.internal.broker.logon.LogonPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PublishTest {
    private final Rig rig = new Rig();

    @Test
    void acknowledgesOncePerBatch() {
        final Peer peer = rig.logon("p");
        peer.publish("t", "1").publish("t", "2").publish("t", "3").send();
        assertEquals(List.of("Ack 1-3 OK"), peer.lines());
        peer.publish("t", "4").send();
        assertEquals(List.of("Ack 4-4 OK"), peer.lines());
    }

    @Test
    void tellsRefusalsApart() {
        final Peer peer = rig.logon("p");
        peer.publish("t", "1").publish("t", "2").publish("t//x", "3").publish("t", "4");
        peer.publish("t", "5").send();
        assertEquals(List.of("Ack 1-2 OK", "Ack 3-3 TOPIC_INVALID", "Ack 4-5 OK"), peer.lines());
        assertTrue(peer.got.reasons.get(0).contains("position=2"), peer.got.reasons.get(0));
    }

    @Test
    void refusesWhatIsNotWellFormedOrTooLarge() {
        final Rig small = new Rig(ServerLimits.defaults().change().maxBody(10).done());
        final Peer peer = small.logon("p");
        peer.message("p", 1001, 1, "t", "bad//topic", new byte[0], "x");
        peer.message("p", 1001, 2, "t", "", new byte[] {5, 'a'}, "x");
        peer.message(3, "t", "12345678901");
        peer.message(4, "", "x").message(5, "t", "1234567890").send();
        assertEquals(
                List.of(
                        "Ack 1-1 TOPIC_INVALID",
                        "Ack 2-2 HEADERS_INVALID",
                        "Ack 3-3 MESSAGE_TOO_LARGE",
                        "Ack 4-4 TOPIC_INVALID",
                        "Ack 5-5 OK"),
                peer.lines());
        assertEquals(4, small.broker.counters().get(Counter.REFUSED));
        assertEquals(1, small.broker.counters().get(Counter.APPENDED));
    }

    @Test
    void mergesRefusalsForTheSameReason() {
        final Peer peer = rig.logon("p");
        peer.publish("a//b", "1").publish("c//d", "2").publish("t", "3").send();
        assertEquals(List.of("Ack 1-2 TOPIC_INVALID", "Ack 3-3 OK"), peer.lines());
    }

    @Test
    void asksTheAccessPolicyOncePerTopic() {
        final int[] asked = {0};
        final Rig guarded = new Rig(ServerLimits.defaults(), new FixedPolicy(asked), LogonPolicy.OPEN, 1 << 20);
        final Peer peer = guarded.logon("p");
        for (int i = 0; i < 3; i++) {
            peer.publish("open/x", "x").publish("shut/x", "x");
        }
        peer.publish("broken", "x").publish("broken", "x").send();
        assertEquals(4, asked[0], "an exception is not remembered");
        assertEquals("Ack 7-8 NOT_ENTITLED", peer.got.lines.get(peer.got.lines.size() - 1));
        assertEquals(List.of(FaultKind.ACCESS_POLICY, FaultKind.ACCESS_POLICY), guarded.host.faults);
        peer.lines();
        peer.subscribe(1, "shut/#").subscribe(2, "open/#").send();
        assertEquals("Reject 21 1 NOT_ENTITLED", peer.lines().get(0));
    }

    @Test
    void dropsDuplicatesAndTellsEachOutcomeOnceASession() {
        final Peer peer = rig.logon("p");
        final Peer reader = rig.logon("r").subscribe(1, "#").send();
        peer.publish("t", "1").publish("t", "2").send();
        assertEquals(List.of("Ack 1-2 OK"), peer.lines());
        peer.message(1, "t", "1").message(2, "t", "2").message(3, "t", "3").send();
        assertEquals(List.of("Ack 3-3 OK"), peer.lines());
        assertEquals(List.of("1", "2", "3"), reader.bodies(1));
        assertEquals(2, rig.broker.counters().get(Counter.DUPLICATES));
    }

    @Test
    void endsASessionThatLeavesASequenceOut() {
        final Peer peer = rig.logon("p");
        peer.publish("t", "1").message(3, "t", "3").send();
        assertEquals(List.of("Ack 1-1 OK", "Goodbye SEQUENCE_INVALID"), peer.lines());
        assertTrue(peer.wire.isClosed());
    }

    @Test
    void endsASessionThatSpeaksForAnother() {
        final Peer name = rig.logon("p");
        name.message("q", 1001, 1, "t", "", new byte[0], "x").send();
        assertEquals(List.of("Goodbye PROTOCOL_ERROR"), name.lines());
        final Peer incarnation = rig.logon("q");
        incarnation.message("q", 1, 1, "t", "", new byte[0], "x").send();
        assertEquals(List.of("Goodbye PROTOCOL_ERROR"), incarnation.lines());
    }

    @Test
    void endsASessionWhoseBytesAreBroken() {
        final Peer peer = rig.logon("p").publish("t", "1");
        final byte[] bytes = peer.said();
        bytes[bytes.length - 8] ^= 1;
        final Peer broken = rig.logon("q").publish("t", "good").bytes(bytes).send();
        assertEquals(List.of("Ack 1-1 OK", "Goodbye CHECKSUM_MISMATCH"), broken.lines());
        assertEquals(List.of(FaultKind.PROTOCOL), rig.host.faults);
    }

    @Test
    void tellsOutcomesAgainAfterAReconnectRefusalsIncluded() {
        final Peer peer = rig.logon("p");
        peer.publish("t", "1").publish("t//", "2").publish("t", "3").send().cut();
        final Peer back = rig.connect("p", 1001);
        back.nextSequence = 5;
        back.logon().send();
        assertEquals(
                List.of("LogonReply last=3 user= type=", "Ack 1-1 OK", "Ack 2-2 TOPIC_INVALID", "Ack 3-3 OK"),
                back.lines());
        assertTrue(back.got.reasons.get(0).contains("position="));
        back.message(4, "t", "4").send();
        assertEquals(List.of("Ack 4-4 OK"), back.lines());
    }

    @Test
    void aDuplicateAfterAReconnectIsNotAppendedAgain() {
        final Peer reader = rig.logon("r").subscribe(1, "#").send();
        rig.connect("p", 7).logon().send().publish("t", "1").send().cut();
        final Peer back = rig.connect("p", 7);
        back.nextSequence = 3;
        back.logon().message(1, "t", "1").message(2, "t", "2").send();
        assertEquals(List.of("LogonReply last=1 user= type=", "Ack 1-1 OK", "Ack 2-2 OK"), back.lines());
        assertEquals(List.of("1", "2"), reader.bodies(1));
    }

    @Test
    void takesTheFirstSequenceOfAnIncarnationItDoesNotKnow() {
        final Peer peer = rig.connect("p");
        peer.lowestOutstanding = 501;
        peer.nextSequence = 501;
        peer.logon().send();
        assertEquals(List.of("LogonReply last=0 user= type="), peer.lines());
        peer.publish("t", "501").send();
        assertEquals(List.of("Ack 501-501 OK"), peer.lines());
    }

    @Test
    void aFullJournalIsNoRefusal() {
        final Rig full = new Rig(JournalConfig.ofCapacity(42, 0, WhenFull.REFUSE, 64 * 1024, 4096));
        final Peer peer = full.logon("p");
        for (int i = 0; i < 100; i++) {
            peer.publish("t", "x".repeat(1000));
        }
        final List<String> lines = peer.send().lines();
        final long appended = full.broker.counters().get(Counter.APPENDED);
        assertTrue(appended > 0 && appended < 100, "appended=" + appended);
        assertEquals(List.of("Reject 1 " + (appended + 1) + " STORAGE_FULL", "Ack 1-" + appended + " OK"), lines);
    }

    @Test
    void refusesAFrameThatNeverFitsTheJournal() {
        final Rig small = new Rig(new JournalConfig(42, 0, 4096, 4, WhenFull.DROP_OLDEST));
        final Peer peer = small.logon("p");
        peer.publish("t", "x".repeat(5000)).publish("t", "y").send();
        assertEquals(List.of("Ack 1-1 MESSAGE_TOO_LARGE", "Ack 2-2 OK"), peer.lines());
    }

    @Test
    void aSkipTakesASequenceAndIsARefusal() {
        final Peer reader = rig.logon("r").subscribe(1, "#").send();
        final Peer peer = rig.logon("p");
        peer.publish("t", "1")
                .skip(2, Code.MESSAGE_TOO_LARGE)
                .message(3, "t", "3")
                .send();
        assertEquals(List.of("Ack 1-1 OK", "Ack 2-2 MESSAGE_TOO_LARGE", "Ack 3-3 OK"), peer.lines());
        assertEquals(List.of("1", "3"), reader.bodies(1));
    }

    @Test
    void aSkipWithACodeOfANewerVersionIsRefusedWithThatCode() {
        final Peer peer = rig.logon("p");
        peer.skip(1, 777).skip(2, 0xFFFF).publish("t", "3");
        peer.message(3, "t", "3").send();
        assertEquals(List.of("Ack 1-1 code=777", "Ack 2-2 code=65535", "Ack 3-3 OK"), peer.lines());
        assertTrue(peer.got.reasons.get(0).contains("777"), peer.got.reasons.get(0));
        peer.cut();
        assertEquals(
                List.of("LogonReply last=3 user= type=", "Ack 1-1 code=777", "Ack 2-2 code=65535", "Ack 3-3 OK"),
                resume("p", 1001).lines());
    }

    @Test
    void aSkipSaysWhy() {
        assertEquals(
                List.of("Goodbye PROTOCOL_ERROR"),
                rig.logon("p").skip(1, Code.OK).send().lines());
    }

    @Test
    void readsTheClockOncePerBatchAndStampsNeverFall() {
        final Peer reader = rig.logon("r").subscribe(1, "#").send();
        final Peer peer = rig.logon("p");
        final int reads = rig.host.clockReads;
        rig.host.epochNs = 5000;
        peer.publish("t", "1").publish("t", "2").send();
        rig.host.epochNs = 4000;
        peer.publish("t", "3").send();
        rig.host.epochNs = 6000;
        peer.publish("t", "4").send();
        assertEquals(3, rig.host.clockReads - reads);
        assertEquals(
                List.of(5000L, 5000L, 5000L, 6000L),
                reader.got.delivered.stream().map(Delivered::timestamp).toList());
    }

    @Test
    @Timeout(10)
    void thereIsNoSequenceThatNoOtherCanFollow() {
        final Peer peer = rig.connect("p");
        peer.lowestOutstanding = Long.MAX_VALUE;
        peer.nextSequence = Long.MAX_VALUE;
        peer.logon().message(Long.MAX_VALUE, "t", "x").send();
        assertEquals(List.of("LogonReply last=0 user= type=", "Goodbye SEQUENCE_INVALID"), peer.lines());
    }

    @Test
    void thereIsNoSequenceBelowOne() {
        for (final long sequence : new long[] {0, -1, Long.MIN_VALUE}) {
            final Peer message = rig.logon("m").message(sequence, "t", "x").send();
            assertEquals(List.of("Goodbye SEQUENCE_INVALID"), message.lines());
            final Peer skip =
                    rig.logon("s").skip(sequence, Code.MESSAGE_TOO_LARGE).send();
            assertEquals(List.of("Goodbye SEQUENCE_INVALID"), skip.lines());
        }
    }

    @Test
    void nothingIsAcknowledgedThatNobodySent() {
        final Peer first = rig.connect("p", 7);
        first.lowestOutstanding = 5;
        first.nextSequence = 10;
        first.logon().send().cut();
        final Peer back = rig.connect("p", 7);
        back.nextSequence = 10;
        assertEquals(
                List.of("LogonReply last=0 user= type="), back.logon().send().lines());
        back.message(1, "t", "1").send();
        assertEquals(List.of("Ack 1-1 OK"), back.lines());
    }

    @Test
    void forgetsAPublisherThatClosedItsStoreAndNoOther() {
        rig.connect("p", 7)
                .logon()
                .send()
                .publish("t", "1")
                .send()
                .goodbye(Code.CLOSED)
                .send()
                .end();
        rig.connect("q", 8)
                .logon()
                .send()
                .publish("t", "1")
                .send()
                .goodbye(Code.OK)
                .send()
                .end();
        assertEquals("LogonReply last=0 user= type=", resume("p", 7).lines().get(0));
        assertEquals("LogonReply last=1 user= type=", resume("q", 8).lines().get(0));
    }

    private Peer resume(String name, long incarnation) {
        final Peer peer = rig.connect(name, incarnation);
        peer.nextSequence = 2;
        return peer.logon().send();
    }

    @Test
    void forgetsAPublisherAfterTheRetention() {
        final Rig brief = new Rig(ServerLimits.defaults()
                .change()
                .publisherRetention(java.time.Duration.ofMillis(500))
                .done());
        brief.passMs(10);
        brief.connect("p", 7).logon().send().publish("t", "1").send().cut();
        brief.passMs(400);
        final Peer back = brief.connect("p", 7);
        back.nextSequence = 2;
        assertEquals(
                "LogonReply last=1 user= type=", back.logon().send().lines().get(0));
        back.cut();
        brief.passMs(600);
        final Peer late = brief.connect("p", 7);
        late.nextSequence = 2;
        assertEquals(
                "LogonReply last=0 user= type=", late.logon().send().lines().get(0));
    }

    @Test
    void outcomesThatThePublisherKnowsAreNotToldAgain() {
        final Peer peer = rig.logon("p");
        peer.publish("t//", "1").publish("t", "2").send().heartbeat(3).send().cut();
        final Peer back = rig.connect("p", 1001);
        back.nextSequence = 3;
        assertEquals(
                List.of("LogonReply last=2 user= type="), back.logon().send().lines());
        assertEquals(3, back.got.confirmedBelow);
        back.message(3, "t", "3").send();
        assertEquals(List.of("Ack 3-3 OK"), back.lines());
    }

    /** Shuts {@code shut/x}, and fails for {@code broken}. */
    private record FixedPolicy(int[] asked) implements AccessPolicy {
        @Override
        public boolean mayPublish(String user, String topic) {
            asked[0]++;
            if (topic.equals("broken")) {
                throw new IllegalStateException("policy");
            }
            return !topic.startsWith("shut");
        }

        @Override
        public boolean maySubscribe(String user, String pattern) {
            return !pattern.startsWith("shut");
        }
    }
}
