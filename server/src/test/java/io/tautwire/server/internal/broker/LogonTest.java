package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.server.ServerLimits;
import io.tautwire.server.internal.broker.logon.ListenerTerms;
import io.tautwire.server.internal.broker.logon.LogonPolicy;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogonTest {
    private final Rig rig = new Rig();

    @Test
    void takesAnonymousUsersOnALocalListener() {
        final Peer peer = rig.connect("a").logon().send();
        assertEquals(List.of("LogonReply last=0 user= type="), peer.lines());
    }

    @Test
    void takesAnUnverifiedUserAtItsWordOnALocalListener() {
        final Peer peer = rig.connect("a");
        peer.user = "alice";
        assertEquals(
                List.of("LogonReply last=0 user=alice type="),
                peer.logon().send().lines());
    }

    @Test
    void refusesUnverifiedUsersOnARemoteListenerAndSaysWhatToDo() {
        rig.terms = new ListenerTerms(false, false, List.of(), 1 << 20);
        for (final String user : List.of("", "alice")) {
            final Peer peer = rig.connect("a");
            peer.user = user;
            assertEquals(
                    List.of("Reject 10 0 AUTHENTICATION_FAILED"),
                    peer.logon().send().lines());
            assertTrue(peer.got.reasons.get(0).contains("allow anonymous"), peer.got.reasons.get(0));
            assertTrue(peer.wire.isClosed());
        }
    }

    @Test
    void takesThemOnARemoteListenerWhereAnonymousLogonIsAllowed() {
        final Rig open = new Rig(new LogonPolicy(false, true, false));
        open.terms = new ListenerTerms(false, false, List.of(), 1 << 20);
        assertEquals(1, open.connect("a").logon().send().lines().size());
    }

    @Test
    void settlesTheMessageType() {
        assertEquals(List.of("LogonReply last=0 user= type=fix"), withTypes("fix"));
        assertEquals(List.of("LogonReply last=0 user= type=json"), withTypes("", "json"));
        assertEquals(List.of("LogonReply last=0 user= type=fix"), withTypes("fix", "json", "fix"));
        assertEquals(List.of("Reject 10 0 MESSAGE_TYPE_REFUSED"), withTypes("", "json", "fix"));
        assertEquals(List.of("Reject 10 0 MESSAGE_TYPE_REFUSED"), withTypes("xml", "json"));
    }

    private List<String> withTypes(String requested, String... listed) {
        rig.terms = new ListenerTerms(true, false, List.of(listed), 1 << 20);
        final Peer peer = rig.connect("t" + requested + listed.length);
        peer.messageType = requested;
        final List<String> lines = peer.logon().send().lines();
        for (final String type : lines.get(0).startsWith("Reject") ? listed : new String[0]) {
            assertTrue(peer.got.reasons.get(0).contains(type), peer.got.reasons.get(0));
        }
        return lines;
    }

    @Test
    void refusesNamesThatAreMalformed() {
        for (final String name : List.of("", "a\u0001", "x".repeat(256))) {
            assertEquals(
                    List.of("Reject 10 0 NAME_INVALID"),
                    rig.connect(name).logon().send().lines());
        }
        assertEquals(1, rig.connect("x".repeat(255)).logon().send().lines().size());
    }

    @Test
    void malformedUsersAreRefusedAndNotFoldedIntoOne() {
        for (final int last : new int[] {0xFE, 0xFF, 0x0A}) {
            final Peer peer = rig.connect("a");
            peer.userBytes = new byte[] {'u', (byte) last};
            assertEquals(
                    List.of("Reject 10 0 AUTHENTICATION_FAILED"),
                    peer.logon().send().lines());
        }
    }

    @Test
    void refusesMessageTypesThatAreMalformed() {
        final byte[] garbage = new byte[15_000];
        Arrays.fill(garbage, (byte) 0xFF);
        for (final byte[] type :
                List.of(garbage, new byte[] {'x', 0}, "x".repeat(256).getBytes())) {
            final Peer peer = rig.connect("a");
            peer.messageTypeBytes = type;
            assertEquals(
                    List.of("Reject 10 0 MESSAGE_TYPE_REFUSED"),
                    peer.logon().send().lines());
        }
    }

    @Test
    void refusesAnUnknownNamespace() {
        final Peer peer = rig.connect("a");
        peer.nameSpace = "other";
        assertEquals(
                List.of("Reject 10 0 NAMESPACE_UNKNOWN"), peer.logon().send().lines());
        final Peer named = rig.connect("b");
        named.nameSpace = "default";
        assertTrue(named.logon().send().lines().get(0).startsWith("LogonReply"));
    }

    @Test
    void negotiatesTheVersion() {
        assertTrue(rig.connect("a").logon(1, 7).send().lines().get(0).startsWith("LogonReply"));
        assertEquals(
                List.of("Reject 10 0 VERSION_UNSUPPORTED"),
                rig.connect("b").logon(2, 3).send().lines());
        assertEquals(
                List.of("Goodbye PROTOCOL_ERROR"),
                rig.connect("c").logon(3, 2).send().lines());
    }

    @Test
    void takesNothingButALogonBefore() {
        final Peer peer = rig.connect("a").subscribe(1, "#").send();
        assertEquals(List.of("Goodbye LOGON_REQUIRED"), peer.lines());
        assertTrue(peer.wire.isClosed());
    }

    @Test
    void takesNoSecondLogon() {
        assertEquals(
                List.of("Goodbye PROTOCOL_ERROR"), rig.logon("a").logon().send().lines());
    }

    @Test
    void takesOnlyShortFramesBeforeTheLogon() {
        final Peer peer = rig.connect("a").message(1, "t", "x".repeat(20_000)).send();
        assertEquals(List.of("Goodbye FRAME_TOO_LARGE"), peer.lines());
        final Peer after = rig.logon("b").publish("t", "x".repeat(20_000)).send();
        assertEquals(List.of("Ack 1-1 OK"), after.lines());
    }

    @Test
    void endsASessionThatDoesNotLogOnInTime() {
        final Peer peer = rig.connect("a");
        rig.passMs(4990);
        assertFalse(peer.wire.isClosed());
        rig.passMs(30);
        assertEquals(List.of("Goodbye LOGON_TIMEOUT"), peer.lines());
        assertTrue(peer.wire.isClosed());
    }

    @Test
    void limitsTheNumberOfSessions() {
        final Rig small =
                new Rig(ServerLimits.defaults().change().maxSessions(1).done());
        final Peer first = small.logon("a");
        final Peer second = small.connect("b");
        assertEquals(List.of("Goodbye LIMIT_REACHED"), second.lines());
        second.end();
        first.cut();
        small.logon("c");
    }

    @Test
    void waitsForTheVerdictOnACredentialAndThenForgetsIt() {
        final Rig verified = verifying();
        final Peer peer = verified.connect("a");
        peer.user = "alice";
        peer.password = "secret";
        assertEquals(List.of(), peer.logon().send().lines());
        final byte[] credential = verified.host.attempts.get(0).credential();
        assertArrayEquals("secret".getBytes(), credential);
        assertFalse(verified.host.attempts.get(0).toString().contains("secret"));
        verified.broker.onAccepted(verified.host.attemptSessions.get(0), "alice@corp");
        assertEquals(List.of("LogonReply last=0 user=alice@corp type="), peer.lines());
        assertArrayEquals(new byte[6], credential);
    }

    @Test
    void refusesWhomTheAuthenticatorRefuses() {
        final Rig verified = verifying();
        final Peer peer = verified.connect("a").logon().send();
        verified.broker.onRefused(verified.host.attemptSessions.get(0), "no");
        assertEquals(List.of("Reject 10 0 AUTHENTICATION_FAILED"), peer.lines());
        assertEquals(List.of("no"), peer.got.reasons);
    }

    @Test
    void challengesAndTakesTheAnswer() {
        final Rig verified = verifying();
        final Peer peer = verified.connect("a").logon().send();
        final long session = verified.host.attemptSessions.get(0);
        verified.broker.onChallenged(session, new byte[] {1, 2, 3}, null);
        assertEquals(List.of("LogonChallenge 1"), peer.lines());
        peer.password = "answer";
        peer.logon().send();
        assertEquals(2, verified.host.attempts.get(1).attempt());
        verified.broker.onAccepted(session, "alice");
        assertEquals(List.of("LogonReply last=0 user=alice type="), peer.lines());
    }

    @Test
    void aChallengeIsAnsweredByWhomItWasGivenTo() {
        final Rig verified = verifying();
        final Peer peer = verified.connect("a");
        peer.user = "alice";
        peer.logon().send();
        verified.broker.onChallenged(verified.host.attemptSessions.get(0), new byte[1], null);
        peer.user = "bob";
        peer.logon().send();
        assertEquals(List.of("LogonChallenge 1", "Goodbye PROTOCOL_ERROR"), peer.lines());
        assertEquals(1, verified.host.attempts.size());
    }

    @Test
    void doesNotChallengeForEver() {
        final Rig verified = verifying();
        final Peer peer = verified.connect("a");
        for (int i = 0; i < 5; i++) {
            peer.logon().send();
            verified.broker.onChallenged(verified.host.attemptSessions.get(0), new byte[0], null);
        }
        final List<String> lines = peer.lines();
        assertEquals("Reject 10 0 AUTHENTICATION_FAILED", lines.get(lines.size() - 1));
    }

    @Test
    void takesNothingWhileTheVerdictIsAwaited() {
        final Rig verified = verifying();
        final Peer peer = verified.connect("a").logon().send().publish("t", "x").send();
        assertEquals(List.of("Goodbye LOGON_REQUIRED"), peer.lines());
        verified.broker.onAccepted(verified.host.attemptSessions.get(0), "alice");
        assertEquals(List.of(), peer.lines());
    }

    @Test
    void aVerdictThatComesTooLateIsLetPass() {
        final Rig verified = verifying();
        final Peer peer = verified.connect("a").logon().send();
        verified.passMs(5100);
        assertEquals(List.of("Goodbye LOGON_TIMEOUT"), peer.lines());
        peer.end();
        verified.broker.onAccepted(verified.host.attemptSessions.get(0), "alice");
        verified.broker.onRefused(77, "nobody");
        assertEquals(List.of(), peer.lines());
    }

    private static Rig verifying() {
        return new Rig(LogonPolicy.VERIFYING);
    }
}
