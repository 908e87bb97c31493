package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
    private final Rig rig = new Rig();

    @Test
    void theSameUserReplacesItsOtherSession() {
        final Peer first = logon("n", 1, "alice");
        final Peer second = logon("n", 2, "alice");
        assertEquals(List.of("Goodbye SESSION_REPLACED"), first.lines());
        assertTrue(first.wire.isClosed());
        assertFalse(second.wire.isClosed());
    }

    @Test
    void theSameIncarnationReplacesAlsoWhenAnonymous() {
        final Peer first = logon("n", 1, "");
        logon("n", 1, "");
        assertEquals(List.of("Goodbye SESSION_REPLACED"), first.lines());
    }

    @Test
    void anotherAnonymousIncarnationHasToWait() {
        final Peer first = logon("n", 1, "");
        final Peer second = rig.connect("n", 2).logon().send();
        assertEquals(List.of("Reject 10 0 NAME_IN_USE"), second.lines());
        assertEquals(List.of(), first.lines());
        first.cut();
        logon("n", 2, "");
    }

    @Test
    void anotherUserHasToWait() {
        logon("n", 1, "alice");
        for (final String user : List.of("bob", "")) {
            final Peer other = rig.connect("n", 1);
            other.user = user;
            assertEquals(
                    List.of("Reject 10 0 NAME_IN_USE"), other.logon().send().lines());
        }
    }

    @Test
    void whatAReplacedSessionStillSendsIsDropped() {
        final Peer reader = rig.logon("reader").subscribe(1, "#").send();
        final Peer first = logon("n", 1, "alice");
        first.publish("t", "a").send();
        final Peer second = logon("n", 2, "alice");
        first.publish("t", "b").send();
        first.end();
        second.publish("t", "c").send();
        assertEquals(List.of("a", "c"), reader.bodies(1));
        assertEquals(List.of("Ack 1-1 OK"), second.lines());
    }

    @Test
    void whoWasReplacedComesBackAndLosesNothing() {
        final Peer reader = rig.logon("reader").subscribe(1, "#").send();
        final Peer first = logon("n", 1, "alice");
        first.publish("t", "a").send();
        logon("n", 2, "alice");
        final Peer back = rig.connect("n", 1);
        back.user = "alice";
        back.nextSequence = 3;
        back.logon().send();
        assertEquals(List.of("LogonReply last=1 user=alice type=", "Ack 1-1 OK"), back.lines());
        back.message(2, "t", "b").send();
        assertEquals(List.of("a", "b"), reader.bodies(1));
    }

    @Test
    void theNameIsFreeOnceItsHolderIsGone() {
        logon("n", 1, "alice").cut();
        logon("n", 1, "bob");
    }

    @Test
    void subscriptionsOfAReplacedSessionEnd() {
        final Peer first = logon("n", 1, "alice");
        first.subscribe(1, "#").send();
        final Peer second = logon("n", 2, "alice");
        second.publish("t", "x").send();
        assertEquals(List.of(), first.bodies(1));
    }

    private Peer logon(String name, long incarnation, String user) {
        final Peer peer = rig.connect(name, incarnation);
        peer.user = user;
        peer.logon().send();
        assertTrue(peer.lines().get(0).startsWith("LogonReply"));
        return peer;
    }
}
