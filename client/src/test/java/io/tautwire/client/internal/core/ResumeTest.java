package io.tautwire.client.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.NoticeKind;
import io.tautwire.codec.sbe.SubscribeEncoder;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscriptions that go on in the next session. */
class ResumeTest {
    private static final int WINDOW = 8192;
    private static final long JOURNAL = 0xABC;

    /** What a message of one byte on topic {@code a} takes up. */
    private static final int ALIGNED = 88;

    private final SessionFixture fixture = new SessionFixture();

    @BeforeEach
    void subscribe() {
        fixture.subscriptions = new Subscriptions(false);
        fixture.logOn(0);
        fixture.subscribe("a", WINDOW);
        fixture.wire.frames.take();
    }

    @Test
    void goesOnAfterTheLastMessageSeen() {
        deliver(1, 2);
        cut();
        assertEquals(List.of("a subscribed", "a got 1", "a got 2", "ended DISCONNECTED"), fixture.takeTold());
        assertResubscribes("AFTER abc.1." + (4096 + ALIGNED));
        fixture.peer.deliver(1, 1).message(3, "a", new byte[1]).send();
        assertEquals(List.of("a subscribed", "a got 3"), fixture.takeTold());
    }

    @Test
    void goesOnWhereItWasToBeginWhenItSawNothing() {
        fixture.peer.subscribeReply(1).send();
        cut();
        assertResubscribes("AT abc.1.4096");
    }

    @Test
    void beginsAsItWasAskedToWhenItWasNeverConfirmed() {
        cut();
        assertEquals(List.of("subscribe 1 credit=8192 a"), logOnAgain(JOURNAL, 1, 9000));
    }

    @Test
    void goesOnBehindTheGapItWasToldOf() {
        deliver(1, 1);
        fixture.peer.gap(1, 5000, 6000).send();
        cut();
        assertResubscribes("AT abc.1.6000");
    }

    @Test
    void goesOnWhereItBecameLive() {
        deliver(1, 1);
        fixture.peer.notice(1, NoticeKind.LIVE, 7000, 7000).send();
        cut();
        assertResubscribes("AT abc.1.7000");
    }

    @Test
    void namesTheEpochInWhichItSawThePosition() {
        deliver(1, 1);
        cut();
        assertEquals(List.of("subscribe 1 credit=8192 a AFTER abc.1.4096 else START"), logOnAgain(JOURNAL, 2, 4000));
        fixture.peer.subscribeReply(1).send();
        cut();
        assertEquals(List.of("subscribe 1 credit=8192 a AFTER abc.1.4096 else START"), logOnAgain(JOURNAL, 2, 4000));
        fixture.peer
                .subscribeReply(1)
                .notice(1, NoticeKind.EPOCH_END, 4096, 4000)
                .send();
        cut();
        assertEquals(List.of("subscribe 1 credit=8192 a AT abc.2.4000 else START"), logOnAgain(JOURNAL, 2, 4000));
    }

    @Test
    void aMessageThatComesAgainElsewhereIsDroppedAndItsCreditGivenBack() {
        deliver(1, 50);
        cut();
        logOnAgain(JOURNAL, 2, 4096);
        fixture.takeTold();
        fixture.peer.subscribeReply(1).deliver(50, 1);
        for (int sequence = 2; sequence <= 51; sequence++) {
            fixture.peer.message(sequence, "a", new byte[1]);
        }
        fixture.peer.send();
        assertEquals(List.of("a subscribed", "a got 51"), fixture.takeTold());
        assertEquals(49, fixture.counters.duplicates.get());
        final List<String> frames = fixture.wire.frames.take();
        assertTrue(frames.get(0).startsWith("credit 1 bytes="), frames.toString());
    }

    @Test
    void anotherPublishersSequencesAreItsOwn() {
        deliver(5, 5);
        fixture.takeTold();
        fixture.peer.publisher(100).deliver(1, 1).message(3, "a", new byte[1]);
        fixture.peer.publisher(99).deliver(2, 1).message(5, "a", new byte[1]).message(6, "a", new byte[1]);
        fixture.peer.publisher(100).deliver(2, 1).message(3, "a", new byte[1]).message(4, "a", new byte[1]);
        fixture.peer.send();
        assertEquals(List.of("a got 3", "a got 6", "a got 4"), fixture.takeTold());
    }

    @Test
    void anotherJournalIsAGapThatIsTold() {
        deliver(1, 1);
        cut();
        fixture.takeTold();
        assertEquals(List.of("subscribe 1 credit=8192 a"), logOnAgain(0xDEF, 1, 100));
        fixture.takeTold();
        fixture.peer.subscribeReply(1).send();
        assertEquals(List.of("a subscribed", "a lost abc.1.4096"), fixture.takeTold());
        cut();
        assertEquals(List.of("subscribe 1 credit=8192 a AT def.1.100 else START"), logOnAgain(0xDEF, 1, 200));
    }

    @Test
    void theGapOfAnotherJournalIsToldOnceThoughItsFirstSessionEnds() {
        deliver(1, 1);
        cut();
        logOnAgain(0xDEF, 1, 100);
        cut();
        fixture.takeTold();
        assertEquals(List.of("subscribe 1 credit=8192 a"), logOnAgain(0xDEF, 1, 100));
        fixture.takeTold();
        fixture.peer.subscribeReply(1).send();
        assertEquals(List.of("a subscribed", "a lost abc.1.4096"), fixture.takeTold());
    }

    @Test
    void whatWaitsToBeTakenIsNotCreditOfTheNextSession() {
        final Registration slow = fixture.subscribeKeeping("b", WINDOW);
        fixture.peer
                .subscribeReply(2)
                .deliver(1, 2)
                .message(1, "b", new byte[1])
                .send();
        cut();
        fixture.session.consumed(slow, 0);
        assertEquals(
                "subscribe 2 credit=" + (WINDOW - ALIGNED) + " b AFTER abc.1.4096 else START",
                logOnAgain(JOURNAL, 1, 9000).get(1));
        fixture.peer.subscribeReply(2).send();
        fixture.session.consumed(slow, ALIGNED);
        fixture.session.flush();
        assertEquals(List.of(), fixture.wire.frames.take(), "the window is whole again by halves");
    }

    @Test
    void whoHoldsMoreThanTheWindowBeginsWithoutCredit() {
        final Registration slow = fixture.subscribeKeeping("b", 4096);
        fixture.peer
                .subscribeReply(2)
                .deliver(1, 2)
                .message(1, "b", new byte[6001])
                .send();
        cut();
        assertTrue(logOnAgain(JOURNAL, 1, 9000).get(1).startsWith("subscribe 2 credit=0 b AFTER"));
        fixture.peer.subscribeReply(2).send();
        final int aligned = ALIGNED + 6000;
        fixture.session.consumed(slow, aligned);
        fixture.session.flush();
        assertEquals(List.of("credit 2 bytes=4096"), fixture.wire.frames.take());
    }

    @Test
    void whatWasUnsubscribedBetweenSessionsStaysSo() {
        final Registration gone = fixture.subscribe("b", WINDOW);
        cut();
        assertTrue(fixture.subscriptions.remove(gone));
        assertEquals(List.of("subscribe 1 credit=8192 a"), logOnAgain(JOURNAL, 1, 9000));
    }

    @Test
    void whatWasSubscribedBetweenSessionsIsSubscribedInTheNext() {
        fixture.peer.subscribeReply(1).send();
        cut();
        fixture.subscriptions.add(Interest.live("b".getBytes(), WINDOW), fixture.new Subscriber("b", true));
        assertEquals(
                List.of("subscribe 1 credit=8192 a AT abc.1.4096 else START", "subscribe 2 credit=8192 b"),
                logOnAgain(JOURNAL, 1, 9000));
    }

    @Test
    void oneThatALaterSessionRefusesEnds() {
        deliver(1, 1);
        cut();
        logOnAgain(JOURNAL, 1, 9000);
        fixture.takeTold();
        fixture.peer.reject(SubscribeEncoder.TEMPLATE_ID, 1, Code.NOT_ENTITLED).send();
        assertEquals(List.of("a ended NOT_ENTITLED"), fixture.takeTold());
        cut();
        assertEquals(List.of(), logOnAgain(JOURNAL, 1, 9000));
    }

    private void deliver(int from, int to) {
        fixture.peer.subscribeReply(1).deliver(to - from + 1, 1);
        for (int sequence = from; sequence <= to; sequence++) {
            fixture.peer.message(sequence, "a", new byte[1]);
        }
        fixture.peer.send();
    }

    private void cut() {
        fixture.session.onClosed(null);
    }

    private void assertResubscribes(String start) {
        assertEquals(List.of("subscribe 1 credit=8192 a " + start + " else START"), logOnAgain(JOURNAL, 1, 9000));
        fixture.takeTold();
        fixture.peer.subscribeReply(1).send();
    }

    /** Returns what it subscribes. */
    private List<String> logOnAgain(long journalId, int epoch, long tail) {
        fixture.connect().sendLogon();
        fixture.peer.journal(journalId, epoch, tail).logonReply(0).send();
        final List<String> frames = fixture.wire.frames.take();
        return frames.subList(1, frames.size());
    }
}
