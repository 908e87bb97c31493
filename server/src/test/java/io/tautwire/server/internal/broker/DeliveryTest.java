package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.server.ServerLimits;
import io.tautwire.server.internal.broker.counters.Counter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    /** A message with topic {@code t} and a body of one byte takes up so many bytes, padding included. */
    private static final int ONE = 80;

    private final Rig rig = new Rig();
    private final Peer publisher = rig.logon("p");
    private final Peer reader = rig.logon("r");

    @Test
    void deliversWhatWasPublishedWithItsPublisherAndPosition() {
        reader.subscribe(1, "trades/+").send();
        publisher.publish("trades/BTC", "a").publish("quotes/BTC", "b").publish("trades/ETH", "c");
        publisher.send();
        assertEquals(List.of("a", "c"), reader.bodies(1));
        final Delivered first = reader.got.delivered.get(0);
        assertEquals("p", first.clientName());
        assertEquals(1001, first.incarnation());
        assertEquals(1, first.sequence());
        assertEquals(0, first.position());
        assertEquals(rig.host.epochNs, first.timestamp());
        assertEquals(3, reader.got.delivered.get(1).sequence());
    }

    @Test
    void saysFromWhereOnASubscriptionGetsEverything() {
        publisher.publish("t", "a").send();
        reader.subscribe(1, "#").send();
        assertEquals(List.of("SubscribeReply 1 at " + rig.journal.tail()), reader.lines());
        publisher.publish("t", "b").send();
        assertEquals(List.of("b"), reader.bodies(1));
    }

    @Test
    void oneCopyServesAllSubscriptionsOfASession() {
        reader.subscribe(1, "#")
                .subscribe(2, "t")
                .subscribe(3, "u")
                .subscribe(4, "t/#")
                .send();
        publisher.publish("t", "a").send();
        assertEquals(1, reader.got.delivered.size());
        assertEquals(List.of(1L, 2L, 4L), reader.got.delivered.get(0).ids());
        assertEquals(1, rig.broker.counters().get(Counter.DELIVERED));
    }

    @Test
    void oneEnvelopeServesARunOfMessagesForTheSameSubscriptions() {
        reader.subscribe(1, "t").subscribe(2, "u").send();
        reader.lines();
        publisher.publish("t", "1").publish("t", "2").publish("u", "3").publish("u", "4");
        publisher.publish("v", "5").publish("u", "6").publish("t", "7").send();
        final List<String> lines = reader.got.lines;
        assertEquals(
                List.of("Deliver 1 x2", "Deliver 2 x3", "Deliver 1 x1"), lines.subList(lines.size() - 3, lines.size()));
    }

    @Test
    void aSessionGetsItsOwnMessagesToo() {
        publisher.subscribe(9, "#").publish("t", "a").send();
        assertEquals(List.of("a"), publisher.bodies(9));
        assertEquals(List.of("SubscribeReply 9 at 0", "Ack 1-1 OK"), publisher.lines());
    }

    @Test
    void nothingIsDeliveredAfterUnsubscribe() {
        reader.subscribe(1, "#").subscribe(2, "#").send().unsubscribe(1).send();
        publisher.publish("t", "a").send();
        assertEquals(List.of(), reader.bodies(1));
        assertEquals(List.of("a"), reader.bodies(2));
        reader.unsubscribe(1).credit(1, 5).send();
        assertEquals(2, reader.lines().size());
    }

    @Test
    void refusesSubscriptionsThatCannotBe() {
        reader.lines();
        reader.subscribe(1, "a/#/b").subscribe(2, "a").subscribe(2, "b").send();
        assertEquals(
                List.of("Reject 21 1 PATTERN_INVALID", "SubscribeReply 2 at 0", "Reject 21 2 SUBSCRIPTION_INVALID"),
                reader.lines());
        assertEquals(
                List.of("Goodbye PROTOCOL_ERROR"),
                reader.subscribe(3, "a", -1).send().lines());
        assertEquals(
                List.of("Goodbye PROTOCOL_ERROR"), publisher.credit(3, 0).send().lines());
    }

    @Test
    void limitsSubscriptionsOfASession() {
        final Rig small =
                new Rig(ServerLimits.defaults().change().maxSubscriptions(1).done());
        final Peer peer = small.logon("s").subscribe(1, "a").subscribe(2, "b").send();
        assertEquals(List.of("SubscribeReply 1 at 0", "Reject 21 2 LIMIT_REACHED"), peer.lines());
        assertEquals(
                List.of("SubscribeReply 3 at 0"),
                peer.unsubscribe(1).subscribe(3, "c").send().lines());
    }

    @Test
    void stopsWithoutCreditAndGoesOnWithIt() {
        reader.subscribe(1, "t", 2 * ONE).send();
        for (int i = 1; i <= 5; i++) {
            publisher.publish("t", "" + i);
        }
        publisher.send();
        rig.catchUp();
        assertEquals(List.of("1", "2"), reader.bodies(1));
        assertEquals(1, rig.broker.counters().get(Counter.CREDIT_WAITS));
        reader.credit(1, 2 * ONE).send();
        rig.catchUp();
        assertEquals(List.of("1", "2", "3", "4"), reader.bodies(1));
        reader.credit(1, 10 * ONE).send();
        rig.catchUp();
        publisher.publish("t", "6").send();
        assertEquals(List.of("1", "2", "3", "4", "5", "6"), reader.bodies(1));
        assertEquals(1, rig.broker.counters().get(Counter.CREDIT_WAITS));
    }

    @Test
    void theLastMessageMayTakeCreditBelowZero() {
        reader.subscribe(1, "t", 1).send();
        publisher.publish("t", "1").publish("t", "2").send();
        assertEquals(List.of("1"), reader.bodies(1));
        reader.credit(1, ONE - 1).send();
        rig.catchUp();
        assertEquals(List.of("1"), reader.bodies(1));
        reader.credit(1, 1).send();
        rig.catchUp();
        assertEquals(List.of("1", "2"), reader.bodies(1));
    }

    @Test
    void whoHasNoCreditHoldsNobodyUp() {
        reader.subscribe(1, "#", 0).subscribe(2, "#").send();
        publisher.publish("t", "1").publish("t", "2").send();
        assertEquals(List.of("1", "2"), reader.bodies(2));
        reader.credit(1, 10 * ONE).send();
        rig.catchUp();
        assertEquals(List.of("1", "2"), reader.bodies(1));
        assertEquals(List.of("1", "2"), reader.bodies(2));
    }

    @Test
    void thoseThatMeetWhileCatchingUpShareCopies() {
        reader.subscribe(1, "#", 0).subscribe(2, "t", 0).send();
        publisher.publish("t", "1").publish("u", "2").publish("t", "3").send();
        reader.credit(1, 10 * ONE).credit(2, 10 * ONE).send();
        rig.catchUp();
        assertEquals(
                List.of(List.of(1L, 2L), List.of(1L), List.of(1L, 2L)),
                reader.got.delivered.stream().map(Delivered::ids).toList());
    }

    @Test
    void skipsAreNotDelivered() {
        reader.subscribe(1, "#", 0).send();
        publisher
                .publish("t", "1")
                .skip(2, io.tautwire.codec.sbe.Code.MESSAGE_TOO_LARGE)
                .message(3, "t", "3")
                .send();
        reader.credit(1, 10 * ONE).send();
        rig.catchUp();
        assertEquals(List.of("1", "3"), reader.bodies(1));
    }

    @Test
    void aMessageThatThePeerWouldNotAcceptIsReplacedByANotice() {
        final Peer narrow = rig.connect("narrow");
        narrow.maxFrame = 16 * 1024;
        narrow.logon().subscribe(1, "#", 5 * ONE).send();
        narrow.lines();
        publisher
                .publish("t", "1")
                .publish("t", "x".repeat(17_000))
                .publish("t", "3")
                .send();
        rig.catchUp();
        assertEquals(List.of("1", "3"), narrow.bodies(1));
        final String gap = narrow.lines().get(0);
        assertTrue(gap.startsWith("Gap 1 " + ONE + "-"), gap);
    }

    @Test
    void subscribingChangesTheRouteOfATopicInUse() {
        publisher.publish("t", "1").send();
        reader.subscribe(1, "t").send();
        publisher.publish("t", "2").send();
        reader.unsubscribe(1).send();
        publisher.publish("t", "3").send();
        assertEquals(List.of("2"), reader.bodies(1));
    }

    @Test
    void aSessionThatIsGoneGetsNothing() {
        reader.subscribe(1, "#").send().cut();
        publisher.publish("t", "1").send();
        assertEquals(List.of(), reader.bodies(1));
        assertEquals(0, rig.broker.counters().get(Counter.DELIVERED));
    }
}
