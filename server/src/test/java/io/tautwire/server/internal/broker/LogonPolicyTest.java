package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.tautwire.server.ServerAuthenticator;
import io.tautwire.server.internal.broker.logon.ListenerTerms;
import io.tautwire.server.internal.broker.logon.LogonPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is admitted unasked, who is judged by the authenticator, and who is refused outright. */
class LogonPolicyTest {
    private static final ListenerTerms LOCAL = new ListenerTerms(true, false, List.of(), 1 << 20);
    private static final ListenerTerms REMOTE = new ListenerTerms(false, false, List.of(), 1 << 20);
    private static final ListenerTerms REMOTE_TLS = new ListenerTerms(false, true, List.of(), 1 << 20);
    private static final LogonPolicy ANONYMOUS_TOO = new LogonPolicy(true, true, false);

    @Test
    void anonymousOnesAreJudgedLikeOthersWhereThereIsAnAuthenticator() {
        for (final ListenerTerms terms : List.of(LOCAL, REMOTE, REMOTE_TLS)) {
            for (final String user : List.of("", "alice")) {
                final Rig rig = rig(LogonPolicy.VERIFYING, terms);
                assertEquals(List.of(), logon(rig, user, "", "").lines());
                assertEquals(1, rig.host.attempts.size());
            }
        }
    }

    @Test
    void anonymousLogonIsForThoseWhoGiveNeitherUserNorCredential() {
        final Rig rig = rig(ANONYMOUS_TOO, REMOTE);
        assertEquals(
                List.of("LogonReply last=0 user= type="), logon(rig, "", "", "").lines());
        assertEquals(List.of(), logon(rig, "", "token", "").lines());
        assertEquals(List.of(), logon(rig, "alice", "", "").lines());
        assertEquals(2, rig.host.attempts.size());
    }

    @Test
    void plainCredentialsAreAcceptedWhereNobodyCanReadAlongOrTheServerWasToldNotToMind() {
        for (final boolean isPlain : List.of(false, true)) {
            for (final boolean isConfidential : List.of(false, true)) {
                final Rig rig = rig(
                        new LogonPolicy(true, false, isPlain),
                        new ListenerTerms(true, isConfidential, List.of(), 1 << 20));
                logon(rig, "alice", "secret", "");
                assertEquals(isPlain || isConfidential, rig.host.attempts.get(0).isPlainAccepted());
            }
        }
    }

    @Test
    void aVerifiedCertificateLogsOnAsWhomItNamesUnasked() {
        for (final LogonPolicy policy : List.of(LogonPolicy.VERIFYING, ANONYMOUS_TOO, LogonPolicy.OPEN)) {
            for (final String user : List.of("", "alice")) {
                final Rig rig = rig(policy, REMOTE_TLS);
                assertEquals(
                        List.of("LogonReply last=0 user=alice type="),
                        logon(rig, user, "", "alice").lines());
                assertEquals(List.of(), rig.host.attempts);
            }
        }
    }

    @Test
    void aCertificateIsNoShortcutForAnotherUserOrACredential() {
        final Rig rig = rig(LogonPolicy.VERIFYING, REMOTE_TLS);
        assertEquals(List.of(), logon(rig, "bob", "", "alice").lines());
        assertEquals(List.of(), logon(rig, "alice", "secret", "alice").lines());
        assertEquals(List.of(), logon(rig, "", "token", "alice").lines());
        assertEquals(3, rig.host.attempts.size());
        assertEquals("alice", rig.host.attempts.get(0).certificateUser());
    }

    @Test
    void whoeverShowsACertificateIsNotTakenAtItsWordForAnother() {
        for (final LogonPolicy policy : List.of(LogonPolicy.OPEN, new LogonPolicy(false, true, false))) {
            final Rig rig = rig(policy, LOCAL);
            final Peer peer = logon(rig, "bob", "", "alice");
            assertEquals(List.of("Reject 10 0 AUTHENTICATION_FAILED"), peer.lines());
            assertFalse(peer.got.reasons.get(0).contains("bob"), peer.got.reasons.get(0));
        }
    }

    @Test
    void aCertificateThatNamesNoUserIsNoShortcut() {
        final Rig rig = rig(LogonPolicy.VERIFYING, REMOTE_TLS);
        assertEquals(List.of(), logon(rig, "", "", "a\nb").lines());
        assertEquals(List.of(), logon(rig, "", "", "x".repeat(256)).lines());
        assertEquals(2, rig.host.attempts.size());
    }

    @Test
    void aCertificatesUserKeepsItsNameAgainstOthersAndReplacesItself() {
        final Rig rig = rig(ANONYMOUS_TOO, REMOTE_TLS);
        final Peer first = logon(rig, "n", "", "", "alice");
        first.lines();
        assertEquals(
                List.of("Reject 10 0 NAME_IN_USE"),
                logon(rig, "n", "", "", "bob").lines());
        assertEquals(
                List.of("Reject 10 0 NAME_IN_USE"), logon(rig, "n", "", "", "").lines());
        final Peer judged = logon(rig, "n", "alice", "secret", "");
        rig.broker.onAccepted(rig.host.attemptSessions.get(0), "alice");
        assertEquals(List.of("LogonReply last=0 user=alice type="), judged.lines());
        assertEquals(List.of("Goodbye SESSION_REPLACED"), first.lines());
    }

    @Test
    void anAnswerGoesToTheJudgeThatTheChallengeNamedAndOnlyOnce() {
        final Rig rig = rig(LogonPolicy.VERIFYING, LOCAL);
        final ServerAuthenticator judge = (attempt, verdict) -> {};
        final Peer peer = logon(rig, "alice", "", "");
        assertNull(rig.host.judges.get(0));
        final long session = rig.host.attemptSessions.get(0);
        rig.broker.onChallenged(session, new byte[1], judge);
        peer.logon().send();
        assertSame(judge, rig.host.judges.get(1));
        rig.broker.onChallenged(session, new byte[1], null);
        peer.logon().send();
        assertNull(rig.host.judges.get(2));
    }

    @Test
    void anAnswerIsJudgedAlsoWhereTheFirstLogonWouldHaveBeenSettled() {
        final Rig rig = rig(ANONYMOUS_TOO, REMOTE_TLS);
        final Peer peer = logon(rig, "alice", "secret", "alice");
        rig.broker.onChallenged(rig.host.attemptSessions.get(0), new byte[1], null);
        peer.password = "";
        peer.logon().send();
        assertEquals(List.of("LogonChallenge 1"), peer.lines());
        assertEquals(2, rig.host.attempts.size());
    }

    @Test
    void aRefusedLogonIsLoggedWithoutWhatMayBeAToken() {
        final Rig rig = rig(LogonPolicy.VERIFYING, LOCAL);
        logon(rig, "n", "eyJ0b2tlbg", "x", "");
        rig.broker.onRefused(rig.host.attemptSessions.get(0), "no");
        logon(rig, "forged\nclient=x", "", "", "");
        assertEquals(List.of("refused n AUTHENTICATION_FAILED", "refused (malformed) NAME_INVALID"), rig.host.log);
        assertFalse(rig.host.attempts.get(0).toString().contains("eyJ0b2tlbg"));
    }

    private static Rig rig(LogonPolicy policy, ListenerTerms terms) {
        final Rig rig = new Rig(policy);
        rig.terms = terms;
        return rig;
    }

    private static Peer logon(Rig rig, String user, String credential, String certificateUser) {
        return logon(rig, "n" + rig.host.attempts.size() + user, user, credential, certificateUser);
    }

    private static Peer logon(Rig rig, String name, String user, String credential, String certificateUser) {
        final Peer peer = new Peer(name, rig.host.attempts.size() + 100 + certificateUser.length());
        peer.wire.certificateUser = certificateUser;
        rig.connect(peer);
        peer.user = user;
        peer.password = credential;
        return peer.logon().send();
    }
}
