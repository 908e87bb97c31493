package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.Code;
import io.tautwire.server.ServerLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {
    private final Rig rig = new Rig(
            ServerLimits.defaults().change().heartbeat(Duration.ofMillis(100)).done());

    @Test
    void saysAHeartbeatWhenNothingElseWasSaid() {
        final Peer peer = rig.logon("a");
        rig.passMs(50);
        peer.publish("t", "x").send();
        rig.passMs(90);
        assertEquals(List.of("Ack 1-1 OK"), peer.lines());
        rig.passMs(40);
        assertEquals(List.of("Heartbeat"), peer.lines());
        peer.heartbeat(1).send();
        rig.passMs(120);
        assertEquals(List.of("Heartbeat"), peer.lines());
    }

    @Test
    void endsASessionThatIsSilentForTwoIntervals() {
        final Peer peer = rig.logon("a");
        final Peer beating = rig.logon("b");
        for (int i = 0; i < 4; i++) {
            rig.passMs(50);
            beating.heartbeat(1).send();
        }
        assertFalse(peer.wire.isClosed());
        rig.passMs(20);
        final List<String> lines = peer.lines();
        assertEquals("Goodbye TIMED_OUT", lines.get(lines.size() - 1));
        assertTrue(peer.wire.isAborted(), "nothing waits for who is dead");
        assertFalse(beating.wire.isClosed());
    }

    @Test
    void readsWhatHasArrivedBeforeItJudges() {
        final Peer peer = rig.logon("a");
        rig.passMs(210);
        assertFalse(peer.wire.isClosed(), "two intervals after the first step: suspected");
        peer.heartbeat(1).send();
        rig.passMs(210);
        assertFalse(peer.wire.isClosed());
        rig.passMs(10);
        assertTrue(peer.wire.isAborted());
    }

    @Test
    void followsTheClientsWishWithinLimits() {
        for (final int[] wishAndInterval : new int[][] {{0, 100}, {1000, 1000}, {1, 100}, {999_999, 60_000}}) {
            final Peer peer = rig.connect("wishing-" + wishAndInterval[0]);
            peer.heartbeatMs(wishAndInterval[0]).logon().send();
            assertEquals(wishAndInterval[1], peer.got.heartbeatMs, "wish=" + wishAndInterval[0]);
        }
        final Peer slow = rig.connect("slow").heartbeatMs(1000).logon().send();
        slow.lines();
        rig.passMs(900);
        assertEquals(List.of(), slow.lines(), "neither said anything nor taken for dead");
        rig.passMs(200);
        assertEquals(List.of("Heartbeat"), slow.lines());
    }

    @Test
    void aPauseOfItsOwnIsNoSilenceOfThePeers() {
        final Peer peer = rig.logon("a");
        rig.passMs(210);
        rig.nowNs += 10_000 * Rig.MS;
        rig.passMs(200);
        assertFalse(peer.wire.isClosed());
    }

    @Test
    void aPeerThatDoesNotTakeTheGoodbyeIsCutOff() {
        final Peer peer = rig.logon("a");
        peer.wire.hold();
        peer.message(9, "t", "x").send();
        assertFalse(peer.wire.isClosed());
        rig.passMs(1100);
        assertTrue(peer.wire.isClosed());
    }

    @Test
    void closingSaysGoodbyeToAllAfterWhatTheyStillHaveToBeTold() {
        final Peer peer = rig.logon("a").publish("t", "x").send();
        final Peer fresh = rig.connect("b");
        rig.broker.close();
        assertEquals(List.of("Ack 1-1 OK", "Goodbye SERVER_CLOSING"), peer.lines());
        assertEquals(List.of("Goodbye SERVER_CLOSING"), fresh.lines());
        final Peer late = rig.connect("c");
        assertEquals(List.of("Goodbye SERVER_CLOSING"), late.lines());
        assertFalse(rig.broker.isIdle());
        peer.end();
        fresh.end();
        late.end();
        assertTrue(rig.broker.isIdle());
    }

    @Test
    void aGoodbyeIsNotAnswered() {
        final Peer peer = rig.logon("a").goodbye(Code.OK).send();
        assertEquals(List.of(), peer.lines());
        peer.end();
        assertEquals(List.of("logon a", "logoff a goodbye"), rig.host.log);
        rig.logon("a");
    }
}
