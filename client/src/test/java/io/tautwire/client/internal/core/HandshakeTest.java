package io.tautwire.client.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.LogonEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private final SessionFixture fixture = new SessionFixture().connect();

    @Test
    void logonCarriesIncarnationLowestOutstandingAndNextSequence() {
        fixture.publish(10);
        fixture.publish(10);
        fixture.sendLogon();
        assertEquals(
                List.of("logon incarnation=7 lowest=1 next=3 name=pricer user=alice credential=secret"),
                fixture.wire.frames.take());
    }

    @Test
    void commandsWaitForTheLogonReply() {
        fixture.sendLogon().publishAndFlush(2);
        assertEquals(1, fixture.wire.frames.take().size());
        fixture.peer.logonReply(0).send();
        assertEquals(
                List.of("message 1 trades/BTC bytes=10", "message 2 trades/BTC bytes=10"), fixture.wire.frames.take());
        assertEquals(List.of("logged on alice json RECEIVED"), fixture.takeTold());
        assertTrue(fixture.session.isLoggedOn());
    }

    @Test
    void answersAChallengeWithTheSameLogonAndAnotherCredential() {
        fixture.sendLogon();
        fixture.peer.challenge("who?".getBytes()).send();
        fixture.peer.logonReply(0).send();
        assertEquals(
                List.of(
                        "logon incarnation=7 lowest=1 next=1 name=pricer user=alice credential=secret",
                        "logon incarnation=7 lowest=1 next=1 name=pricer user=alice credential=answer to who?"),
                fixture.wire.frames.take());
        assertTrue(fixture.session.isLoggedOn());
    }

    @Test
    void anAnswerMayComeLaterAndTheServerWaitsForIt() {
        fixture.sendLogon();
        fixture.wire.frames.take();
        fixture.peer.challenge("later".getBytes()).send();
        assertEquals(List.of(), fixture.wire.frames.take());
        fixture.session.answer("here".getBytes());
        fixture.session.flush();
        fixture.peer.logonReply(0).send();
        assertEquals(
                List.of("logon incarnation=7 lowest=1 next=1 name=pricer user=alice credential=here"),
                fixture.wire.frames.take());
        assertTrue(fixture.session.isLoggedOn());
    }

    @Test
    void aPeerThatDoesNotWaitForTheAnswerIsLeft() {
        fixture.sendLogon();
        fixture.peer.challenge("later".getBytes()).send();
        fixture.wire.frames.take();
        fixture.peer.logonReply(0).send();
        assertEquals(List.of("goodbye PROTOCOL_ERROR"), fixture.wire.frames.take());
        fixture.session.answer("too late".getBytes());
        fixture.session.flush();
        assertEquals(List.of(), fixture.wire.frames.take());
    }

    @Test
    void aServerThatIsNotAcceptedGetsNoCommand() {
        fixture.acceptsTheServer = false;
        fixture.sendLogon().publishAndFlush(2);
        fixture.wire.frames.take();
        fixture.peer.logonReply(0).send();
        fixture.session.onClosed(null);
        assertEquals(List.of("goodbye AUTHENTICATION_FAILED"), fixture.wire.frames.take());
        assertEquals(List.of("ended AUTHENTICATION_FAILED by TautwireException"), fixture.takeTold());
        assertFalse(fixture.session.isLoggedOn());
    }

    @Test
    void anAuthenticatorThatGivesUpEndsTheSession() {
        fixture.sendLogon();
        fixture.wire.frames.take();
        fixture.peer.challenge(new byte[0]).send();
        fixture.session.onClosed(null);
        assertEquals(List.of("goodbye AUTHENTICATION_FAILED"), fixture.wire.frames.take());
        assertEquals(List.of("ended AUTHENTICATION_FAILED by TautwireException"), fixture.takeTold());
    }

    @Test
    void aPeerThatNeverStopsChallengingIsLeft() {
        fixture.sendLogon();
        for (int i = 0; i < 17; i++) {
            fixture.peer.challenge("again".getBytes());
        }
        fixture.peer.send();
        assertTrue(fixture.wire.frames.take().contains("goodbye PROTOCOL_ERROR"));
    }

    @Test
    void aRefusedLogonEndsTheSessionWithItsCode() {
        fixture.sendLogon();
        fixture.peer.reject(LogonEncoder.TEMPLATE_ID, 0, Code.NAME_IN_USE).send();
        assertTrue(fixture.wire.closed);
        fixture.session.onClosed(null);
        assertEquals(List.of("ended NAME_IN_USE"), fixture.takeTold());
        assertFalse(fixture.session.isLoggedOn());
    }

    @Test
    void sendsOnlyWhatTheServerLacks() {
        fixture.sendLogon().publishAndFlush(5);
        fixture.peer.logonReply(0).send();
        fixture.peer.ack(1, 1, Code.OK).send();
        fixture.session.onClosed(null);

        fixture.connect().sendLogon();
        fixture.peer.logonReply(3).send();
        assertEquals(
                List.of(
                        "logon incarnation=7 lowest=2 next=6 name=pricer user=alice credential=secret",
                        "message 4 trades/BTC bytes=10",
                        "message 5 trades/BTC bytes=10"),
                fixture.wire.frames.take());
    }

    @Test
    void outcomesOfAnEarlierSessionsCommandsComeAgain() {
        fixture.sendLogon().publishAndFlush(4);
        fixture.peer.logonReply(0).send();
        fixture.session.onClosed(null);

        fixture.logOn(4);
        fixture.peer
                .ack(1, 2, Code.OK)
                .ack(3, 3, Code.TOPIC_INVALID)
                .ack(4, 4, Code.OK)
                .send();
        assertEquals(
                List.of(
                        "outcome 1-2 OK",
                        "refused 3 trades/BTC bytes=10 TOPIC_INVALID because",
                        "outcome 3-3 TOPIC_INVALID",
                        "outcome 4-4 OK"),
                fixture.takeTold());
        assertEquals(List.of(), fixture.wire.frames.take());
    }

    @Test
    void reportsWhatTheServerLostAfterAcknowledgingIt() {
        logOnAfterTheServerLost2And3();
        assertEquals(List.of("publish gap 2-3", "logged on alice json RECEIVED"), fixture.takeTold());
        final List<String> frames = fixture.wire.frames.take();
        assertEquals("message 4 trades/BTC bytes=10", frames.get(1));
        assertEquals("message 5 trades/BTC bytes=10", frames.get(2));
    }

    @Test
    void endsAtAPublishGapWhenTheOwnerWillNotGoOn() {
        fixture.goesOnAfterGap = false;
        logOnAfterTheServerLost2And3();
        assertEquals(List.of("publish gap 2-3"), fixture.takeTold());
        final List<String> frames = fixture.wire.frames.take();
        assertEquals(2, frames.size(), frames.toString());
        assertTrue(frames.get(1).startsWith("goodbye PUBLISH_GAP"), frames.toString());
    }

    private void logOnAfterTheServerLost2And3() {
        fixture.sendLogon().publishAndFlush(5);
        fixture.peer.logonReply(0).send();
        fixture.peer.ack(1, 3, Code.OK).send();
        fixture.session.onClosed(null);
        fixture.takeTold();

        fixture.connect().sendLogon();
        fixture.peer.logonReply(1).send();
    }

    @Test
    void refusesAReplyThatKnowsMoreThanWasPublished() {
        fixture.sendLogon();
        fixture.wire.frames.take();
        fixture.peer.logonReply(1).send();
        assertEquals(List.of("goodbye SEQUENCE_INVALID"), fixture.wire.frames.take());
        assertTrue(fixture.wire.closed);
    }

    @Test
    void refusesFramesOfASessionBeforeTheLogonIsDone() {
        fixture.sendLogon();
        fixture.wire.frames.take();
        fixture.peer.ack(1, 1, Code.OK).send();
        assertEquals(List.of("goodbye PROTOCOL_ERROR"), fixture.wire.frames.take());
    }
}
