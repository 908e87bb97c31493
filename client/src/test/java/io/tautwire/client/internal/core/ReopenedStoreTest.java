package io.tautwire.client.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store that is older than the process: what it still holds goes on as if nothing had happened, or says why not. */
class ReopenedStoreTest {
    private static final String SKIP = "skip 1 MESSAGE_TOO_LARGE";

    private final SessionFixture fixture = new SessionFixture();

    @Test
    void whatIsOutstandingIsAskedForAndSentAgain() {
        fixture.logOn(0).publishAndFlush(5);
        fixture.peer.ack(1, 2, Code.OK).send();
        fixture.reopen(2, 6).connect().sendLogon();
        fixture.peer.logonReply(3).send();
        assertEquals(
                List.of(
                        "logon incarnation=7 lowest=3 next=6 name=pricer user=alice credential=secret",
                        "message 4 trades/BTC bytes=10",
                        "message 5 trades/BTC bytes=10"),
                fixture.wire.frames.take());
        fixture.takeTold();
        fixture.peer.ack(3, 3, Code.NOT_ENTITLED).ack(4, 5, Code.OK).send();
        assertEquals(
                List.of(
                        "refused 3 trades/BTC bytes=10 NOT_ENTITLED because",
                        "outcome 3-3 NOT_ENTITLED",
                        "outcome 4-5 OK"),
                fixture.takeTold());
        assertEquals(6, fixture.publish(10));
    }

    @Test
    void outcomesThatWereToldAndNotNotedAreSettledWithoutAWord() {
        fixture.logOn(0).publishAndFlush(5);
        fixture.reopen(0, 6).connect().sendLogon();
        fixture.peer.confirmedBelow(4).logonReply(5).send();
        assertEquals(List.of("told before 1-3", "logged on alice json RECEIVED"), fixture.takeTold());
        assertEquals(3, fixture.acknowledgements.lastOutcome());
        fixture.peer.ack(4, 5, Code.OK).send();
        assertEquals(List.of("outcome 4-5 OK"), fixture.takeTold());
        assertEquals(2, fixture.acknowledgements.acknowledged());
        assertEquals(fixture.journal.tail(), fixture.journal.head());
    }

    @Test
    void whatThisProcessHasConfirmedItselfIsNothingNew() {
        fixture.logOn(0).publishAndFlush(3);
        fixture.peer.ack(1, 2, Code.OK).send();
        fixture.session.onClosed(null);
        fixture.takeTold();
        fixture.connect().sendLogon();
        fixture.peer.confirmedBelow(3).logonReply(3).send();
        assertEquals(List.of("logged on alice json RECEIVED"), fixture.takeTold());
    }

    @Test
    void aServerCannotHaveToldWhatWasNeverPublished() {
        fixture.connect().sendLogon();
        fixture.peer.confirmedBelow(2).logonReply(0).send();
        assertTrue(fixture.wire.frames.take().contains("goodbye PROTOCOL_ERROR"));
    }

    @Test
    void aServerThatHoldsWhatTheStoreLostGetsNothing() {
        fixture.logOn(0).publishAndFlush(3);
        fixture.reopen(0, 4);
        fixture.publish(10); // is 4, as what was lost was
        fixture.publish(10);
        assertStoreBehind(4);
    }

    @Test
    void norWhenNothingWasPublishedSince() {
        fixture.reopen(0, 1);
        assertStoreBehind(1);
    }

    @Test
    void aStoreThatWasRestoredFromACopyStaysBehindInEverySession() {
        fixture.logOn(0).publishAndFlush(3);
        fixture.reopen(0, 4);
        fixture.publish(10);
        assertStoreBehind(4);
        fixture.publish(10);
        assertStoreBehind(4);
    }

    private void assertStoreBehind(long lastAppended) {
        fixture.connect().sendLogon();
        fixture.wire.frames.take();
        fixture.told.clear();
        fixture.peer.logonReply(lastAppended).send();
        fixture.session.onClosed(null);
        assertEquals(List.of("goodbye STORE_BEHIND"), fixture.wire.frames.take());
        assertEquals(List.of("ended STORE_BEHIND by TautwireException"), fixture.takeTold());
        assertFalse(fixture.session.isLoggedOn());
    }

    @Test
    void whatThisProcessSentItselfIsKnown() {
        fixture.logOn(0).publishAndFlush(3);
        fixture.reopen(0, 4).logOn(3).publishAndFlush(2);
        fixture.session.onClosed(null);
        fixture.connect().sendLogon();
        fixture.takeTold();
        fixture.peer.logonReply(5).send();
        assertEquals(List.of("logged on alice json RECEIVED"), fixture.takeTold());
    }

    @Test
    void whatWasSentBeforeTheServerHadNoRoomIsKnownToo() {
        fixture.logOn(0).publishAndFlush(1);
        fixture.reopen(0, 2).logOn(1).publishAndFlush(3);
        fixture.peer.reject(1, 3, Code.STORAGE_FULL).send();
        fixture.session.onClosed(null);
        fixture.connect().sendLogon();
        fixture.takeTold();
        fixture.peer.logonReply(4).send(); // it told no more of what it took after all
        assertEquals(List.of("logged on alice json RECEIVED"), fixture.takeTold());
    }

    @Test
    void whatWasGivenUpStaysSoForAServerThatWouldTakeIt() {
        giveUpTheFirst();
        fixture.connect().sendLogon();
        assertSkippedAgain();
    }

    @Test
    void andForAnotherProcess() {
        giveUpTheFirst();
        fixture.reopen(0, 3).connect().sendLogon();
        assertSkippedAgain();
    }

    private void giveUpTheFirst() {
        fixture.connect();
        fixture.publish(50_000);
        fixture.publish(10);
        fixture.sendLogon();
        fixture.peer.maxFrame(20_000).logonReply(0).send();
        assertTrue(fixture.wire.frames.take().contains(SKIP));
        fixture.session.onClosed(null);
    }

    private void assertSkippedAgain() {
        fixture.wire.frames.take();
        fixture.peer.logonReply(0).send();
        assertEquals(List.of(SKIP, "message 2 trades/BTC bytes=10"), fixture.wire.frames.take());
        fixture.takeTold();
        fixture.peer.ack(1, 1, Code.MESSAGE_TOO_LARGE).ack(2, 2, Code.OK).send();
        final List<String> told = fixture.takeTold();
        assertTrue(told.get(0).contains("refused 1 trades/BTC bytes=50000 MESSAGE_TOO_LARGE"), told.toString());
        assertTrue(told.get(0).contains("max_frame"), told.toString());
        assertEquals(List.of("outcome 1-1 MESSAGE_TOO_LARGE", "outcome 2-2 OK"), told.subList(1, 3));
    }
}
