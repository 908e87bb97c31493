package io.tautwire.client.internal.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.SubscribeEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
    private static final byte[] BODY = new byte[100];

    /** What a message of {@link #BODY} on {@code trades/BTC} takes up of the credit. */
    private static final int ALIGNED = 192;

    private final SessionFixture fixture = new SessionFixture().logOn(0);

    @Test
    void isConfirmedByTheServer() {
        fixture.subscribe("trades/#", 8192);
        assertEquals(List.of("subscribe 1 credit=8192 trades/#"), fixture.wire.frames.take());
        assertEquals(List.of(), fixture.takeTold());
        fixture.peer.subscribeReply(1).send();
        assertEquals(List.of("trades/# subscribed"), fixture.takeTold());
    }

    @Test
    void aRefusedOneEndsAndTheSessionGoesOn() {
        fixture.subscribe("trades/#", 8192);
        fixture.peer.reject(SubscribeEncoder.TEMPLATE_ID, 1, Code.NOT_ENTITLED).send();
        assertEquals(List.of("trades/# ended NOT_ENTITLED"), fixture.takeTold());
        assertTrue(fixture.session.isLoggedOn());
    }

    @Test
    void needsALoggedOnSession() {
        final SessionFixture offline = new SessionFixture().connect();
        final TautwireException refused = assertThrows(TautwireException.class, () -> offline.subscribe("a", 8192));
        assertEquals(Code.NOT_CONNECTED, refused.code());
    }

    @Test
    void severalThatMatchOneMessageEachGetIt() {
        fixture.subscribe("trades/#", 8192);
        fixture.subscribe("trades/BTC", 8192);
        fixture.peer
                .subscribeReply(1)
                .subscribeReply(2)
                .deliver(2, 1, 2)
                .message(1, "trades/BTC", BODY)
                .message(2, "trades/BTC", BODY)
                .deliver(1, 1)
                .message(3, "trades/ETH", BODY)
                .send();
        assertEquals(
                List.of(
                        "trades/# subscribed",
                        "trades/BTC subscribed",
                        "trades/# got 1",
                        "trades/BTC got 1",
                        "trades/# got 2",
                        "trades/BTC got 2",
                        "trades/# got 3"),
                fixture.takeTold());
        assertEquals(3, fixture.counters.received.get());
    }

    @Test
    void countsMessagesAndHowFarItLags() {
        final Registration registration = fixture.subscribe("trades/#", 8192);
        fixture.peer
                .subscribeReply(1)
                .deliver(2, 1)
                .message(1, "trades/BTC", BODY)
                .message(2, "trades/BTC", BODY)
                .send();
        assertEquals(2, registration.received());
        assertEquals(100_000 - 2 * ALIGNED, registration.lagBytes());
    }

    @Test
    void tellsWhichMessagesAreRendered() {
        final Registration registration = fixture.subscribe("a", 8192);
        fixture.peer
                .subscribeReply(1)
                .deliverRendered(1, 1)
                .message(1, "a", BODY)
                .deliver(1, 1)
                .message(2, "a", BODY)
                .deliverRendered(1, 9)
                .message(3, "a", BODY)
                .send();
        assertEquals(
                List.of("a subscribed", "a got 1 rendered", "a got 2", "unclaimed 3 rendered"), fixture.takeTold());
        fixture.peer.deliverRendered(1, 1).message(4, "a", BODY).send();
        assertEquals(0, registration.lagBytes(), "rendered, it is longer than in the journal, and that is no lag");
    }

    @Test
    void creditGoesBackByHalvesOfTheWindow() {
        fixture.subscribe("a", 4 * ALIGNED);
        fixture.wire.frames.take();
        fixture.peer
                .subscribeReply(1)
                .deliver(1, 1)
                .message(1, "a", bodyFor("a"))
                .send();
        assertEquals(List.of(), fixture.wire.frames.take());
        fixture.peer.deliver(1, 1).message(2, "a", bodyFor("a")).send();
        assertEquals(List.of("credit 1 bytes=" + 2 * ALIGNED), fixture.wire.frames.take());
    }

    @Test
    void creditIsKeptUntilTheMessagesAreTaken() {
        final Registration registration = fixture.subscribeKeeping("a", 2 * ALIGNED);
        fixture.wire.frames.take();
        fixture.peer
                .subscribeReply(1)
                .deliver(2, 1)
                .message(1, "a", bodyFor("a"))
                .message(2, "a", bodyFor("a"))
                .send();
        assertEquals(List.of(), fixture.wire.frames.take());
        assertEquals(1, fixture.counters.creditWaits.get());
        fixture.session.consumed(registration, ALIGNED);
        fixture.session.flush();
        assertEquals(List.of("credit 1 bytes=" + ALIGNED), fixture.wire.frames.take());
    }

    @Test
    void aMessageLongerThanTheWindowPasses() {
        fixture.subscribe("a", 4096);
        fixture.wire.frames.take();
        fixture.peer
                .subscribeReply(1)
                .deliver(1, 1)
                .message(1, "a", new byte[10_000])
                .send();
        assertEquals(List.of("a subscribed", "a got 1"), fixture.takeTold());
        assertTrue(fixture.wire.frames.take().get(0).startsWith("credit 1 bytes=100"));
    }

    @Test
    void deliveryBeyondTheCreditIsAProtocolError() {
        fixture.subscribeKeeping("a", 2 * ALIGNED);
        fixture.peer.subscribeReply(1).deliver(3, 1);
        for (int i = 1; i <= 3; i++) {
            fixture.peer.message(i, "a", bodyFor("a"));
        }
        fixture.peer.send();
        assertProtocolError();
    }

    @Test
    void unsubscribingEndsDeliveryAtOnce() {
        final Registration registration = fixture.subscribe("a", 8192);
        fixture.peer.subscribeReply(1).send();
        fixture.wire.frames.take();
        fixture.takeTold();
        fixture.session.unsubscribe(registration);
        fixture.session.unsubscribe(registration);
        fixture.session.flush();
        assertEquals(List.of("unsubscribe 1"), fixture.wire.frames.take());
        fixture.peer.deliver(1, 1).message(1, "a", BODY).send();
        assertEquals(List.of("a ended OK", "unclaimed 1"), fixture.takeTold());
        assertEquals(1, fixture.counters.unclaimed.get());
    }

    @Test
    void oneThatIsGoneDoesNotKeepAMessageFromTheOthers() {
        final Registration gone = fixture.subscribe("a", 8192);
        fixture.subscribe("b", 8192);
        fixture.session.unsubscribe(gone);
        fixture.takeTold();
        fixture.peer
                .subscribeReply(1)
                .subscribeReply(2)
                .deliver(1, 1, 2)
                .message(1, "a", BODY)
                .send();
        assertEquals(List.of("b subscribed", "b got 1"), fixture.takeTold());
    }

    @Test
    void tellsOfMessagesThatAreGone() {
        fixture.subscribe("a", 8192);
        fixture.peer.subscribeReply(1).gap(1, 100, 500).noticeByNumber(1, 9).send();
        assertEquals(List.of("a subscribed", "a notice 1 100-500", "a notice 9 100-500"), fixture.takeTold());
    }

    @Test
    void allEndWithTheSessionInTheOrderOfTheirIds() {
        fixture.subscribe("a", 8192);
        fixture.subscribe("b", 8192);
        fixture.subscribe("c", 8192);
        fixture.session.onClosed(new IllegalStateException("cut"));
        assertEquals(
                List.of(
                        "a ended DISCONNECTED",
                        "b ended DISCONNECTED",
                        "c ended DISCONNECTED",
                        "ended DISCONNECTED by IllegalStateException"),
                fixture.takeTold());
    }

    @Test
    void manyAtOnceWaitForRoomAndAllLeave() {
        fixture.wire.hold();
        for (int i = 1; i <= 40_000; i++) {
            fixture.session.subscribe(Interest.live(("pattern/" + i).getBytes(), 8192), new Silent());
            fixture.session.flush();
        }
        fixture.wire.complete();
        final List<String> frames = fixture.wire.frames.take();
        assertEquals(40_000, frames.size());
        assertEquals("subscribe 40000 credit=8192 pattern/40000", frames.get(39_999));
    }

    @Test
    void aMessageThatNoEnvelopeAnnouncedIsAProtocolError() {
        fixture.peer.message(1, "a", BODY).send();
        assertProtocolError();
    }

    @Test
    void anotherFrameWithinAnEnvelopeIsAProtocolError() {
        fixture.subscribe("a", 8192);
        fixture.peer.subscribeReply(1).deliver(1, 1).heartbeat().send();
        assertProtocolError();
    }

    @Test
    void anEmptyEnvelopeIsAProtocolError() {
        fixture.peer.deliver(1).send();
        assertProtocolError();
    }

    @Test
    void aMessageWithoutAStampIsAProtocolError() {
        fixture.subscribe("a", 8192);
        fixture.peer
                .subscribeReply(1)
                .deliver(1, 1)
                .message(1, "a", BODY, false)
                .send();
        assertProtocolError();
    }

    private void assertProtocolError() {
        assertTrue(fixture.wire.frames.take().contains("goodbye PROTOCOL_ERROR"));
        assertTrue(fixture.wire.closed);
    }

    /** So long that a message on this topic takes up {@link #ALIGNED} bytes. */
    private static byte[] bodyFor(String topic) {
        return new byte[BODY.length + "trades/BTC".length() - topic.length()];
    }

    private static final class Silent implements SubscriptionListener {
        @Override
        public void onSubscribed(long journalId, int epoch, long position) {}

        @Override
        public long onMessage(MessageView message, int alignedBytes, boolean isRendered) {
            return alignedBytes;
        }

        @Override
        public void onNotice(int kind, long fromPosition, long toPosition, String detail) {}

        @Override
        public void onOtherJournal(long lostJournalId, int lostEpoch, long lostPosition) {}

        @Override
        public void onEnded(Code code, String reason) {}
    }
}
