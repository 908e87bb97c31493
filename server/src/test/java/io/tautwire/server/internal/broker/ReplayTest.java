package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.NotFound;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
    private static final long ALL = 1 << 30;

    private final Rig rig = new Rig();
    private final Peer publisher = rig.logon("p");
    private final Peer witness = rig.logon("w").subscribe(1, "#").send();
    private final Peer reader = rig.logon("r");

    @Test
    void fromStartEverythingIsDeliveredThenALiveNoticeThenWhatComes() {
        publish(1, 100);
        subscribe(From.start());
        assertEquals(List.of("SubscribeReply 1 at 0", "Live 1 0-" + rig.journal.tail()), reader.lines());
        assertEquals(100, reader.got.liveAfter.get(1L));
        publish(101, 200);
        assertEquals(numbers(1, 200), reader.bodies(1));
        assertFalse(rig.host.isCatchUpWanted, "it is live");
    }

    @Test
    void afterAMessageTheNextOneIsTheFirst() {
        publish(1, 100);
        subscribe(From.after(positionOf(40)));
        assertEquals("SubscribeReply 1 at " + positionOf(41), reader.lines().get(0));
        assertEquals(numbers(41, 100), reader.bodies(1));
    }

    @Test
    void atAPositionTheMessageThereIsTheFirst() {
        publish(1, 100);
        subscribe(From.at(positionOf(40)));
        assertEquals(numbers(40, 100), reader.bodies(1));
    }

    @Test
    void afterTheLastMessageAndAtTheTailItIsLiveAtOnce() {
        publish(1, 10);
        final long tail = rig.journal.tail();
        reader.subscribe(1, "#", ALL, From.after(positionOf(10)))
                .subscribe(2, "#", ALL, From.at(tail))
                .send();
        rig.catchUp();
        assertEquals(
                List.of(
                        "SubscribeReply 1 at " + tail,
                        "SubscribeReply 2 at " + tail,
                        "Live 1 " + tail + "-" + tail,
                        "Live 2 " + tail + "-" + tail),
                reader.lines());
        publish(11, 12);
        assertEquals(numbers(11, 12), reader.bodies(1));
        assertEquals(numbers(11, 12), reader.bodies(2));
    }

    @Test
    void nowNeedsNoNotice() {
        publish(1, 10);
        subscribe(From.now());
        publish(11, 12);
        assertEquals(List.of("SubscribeReply 1 at " + positionOf(11)), reader.lines());
        assertEquals(numbers(11, 12), reader.bodies(1));
    }

    @Test
    void fromATimeTheFirstMessageOfThatTimeOrLaterIsTheFirst() {
        for (int i = 1; i <= 5000; i++) {
            rig.host.epochNs = 1_000_000 + i / 10;
            publish(i, i);
        }
        subscribe(From.time(1_000_000 + 300));
        assertEquals("SubscribeReply 1 at " + positionOf(3000), reader.lines().get(0));
        assertEquals(numbers(3000, 5000), reader.bodies(1));
        reader.subscribe(2, "#", ALL, From.time(0))
                .subscribe(3, "#", ALL, From.time(Long.MAX_VALUE))
                .send();
        rig.catchUp();
        assertEquals(numbers(1, 5000), reader.bodies(2));
        assertEquals(List.of(), reader.bodies(3));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -8, -1, 1, 4, 7, 8, 24, 64, 1 << 20, Long.MAX_VALUE, Long.MAX_VALUE - 7})
    void aPositionWhereNoMessageBeginsIsRefusedAndHarmsNobody(long position) {
        publish(1, 100);
        final Peer other = rig.logon("o").subscribe(1, "#", ALL, From.start()).send();
        reader.subscribe(1, "#", ALL, From.after(position)).send();
        reader.subscribe(2, "#", ALL, From.at(position)).send();
        rig.catchUp();
        assertEquals(List.of("Reject 21 1 BOOKMARK_UNKNOWN", "Reject 21 2 BOOKMARK_UNKNOWN"), reader.lines());
        assertTrue(reader.got.reasons.get(0).contains("begin at start or now"), reader.got.reasons.get(0));
        assertEquals(numbers(1, 100), other.bodies(1));
        subscribe(From.start()); // the id is free again
        assertEquals(numbers(1, 100), reader.bodies(1));
    }

    @Test
    void aBookmarkOfAnotherJournalOrOfNoEpochIsRefused() {
        publish(1, 10);
        reader.subscribe(1, "#", ALL, From.after(positionOf(5)).of(43)).send();
        reader.subscribe(2, "#", ALL, From.after(positionOf(5)).in(1)).send();
        reader.subscribe(3, "#", ALL, From.after(positionOf(5)).in(-1)).send();
        assertEquals(
                List.of("Reject 21 1 BOOKMARK_UNKNOWN", "Reject 21 2 BOOKMARK_UNKNOWN", "Reject 21 3 BOOKMARK_UNKNOWN"),
                reader.lines());
        assertTrue(reader.got.reasons.get(0).contains("journalId=2a"), reader.got.reasons.get(0));
    }

    @Test
    void whatIsNotFoundBeginsWhereTheClientWantsInsteadAndSaysSo() {
        publish(1, 10);
        final long tail = rig.journal.tail();
        reader.subscribe(1, "#", ALL, From.after(positionOf(5)).of(43).or(NotFound.START))
                .subscribe(2, "#", ALL, From.after(positionOf(5)).of(43).or(NotFound.NOW))
                .subscribe(3, "#", ALL, From.after(1 << 20).or(NotFound.NOW))
                .send();
        rig.catchUp();
        publish(11, 12);
        assertEquals(
                List.of(
                        "SubscribeReply 1 at 0",
                        "Gap 1 0-0",
                        "SubscribeReply 2 at " + tail,
                        "Gap 2 0-" + tail,
                        "SubscribeReply 3 at " + tail,
                        "Gap 3 " + tail + "-" + tail,
                        "Live 1 0-" + tail,
                        "Live 2 " + tail + "-" + tail,
                        "Live 3 " + tail + "-" + tail),
                reader.lines());
        assertEquals(numbers(1, 12), reader.bodies(1));
        assertEquals(numbers(11, 12), reader.bodies(2));
        assertEquals(numbers(11, 12), reader.bodies(3));
    }

    @Test
    void whatTheJournalHasDroppedIsNotFoundAndTheGapSaysHowMuch() {
        final Rig small = new Rig(new JournalConfig(42, 0, 4096, 4, WhenFull.DROP_OLDEST));
        final Peer from = small.logon("p");
        for (int i = 1; i <= 1000; i++) {
            from.publish("t", "" + i).send();
        }
        final long head = small.journal.head();
        assertTrue(head > 0);
        final Peer late = small.logon("late")
                .subscribe(1, "#", ALL, From.after(80))
                .subscribe(2, "#", ALL, From.after(80).or(NotFound.START))
                .subscribe(3, "#", ALL, From.at(80).or(NotFound.NOW))
                .subscribe(4, "#", ALL, From.time(0))
                .subscribe(5, "#", ALL, From.time(0).or(NotFound.START))
                .subscribe(6, "#", ALL, From.start())
                .send();
        late.got.lines.remove(0);
        final long tail = small.journal.tail();
        small.catchUp();
        assertEquals(
                List.of(
                        "Reject 21 1 BOOKMARK_UNKNOWN",
                        "SubscribeReply 2 at " + head,
                        "Gap 2 80-" + head,
                        "SubscribeReply 3 at " + tail,
                        "Gap 3 80-" + tail,
                        "Reject 21 4 BOOKMARK_UNKNOWN",
                        "SubscribeReply 5 at " + head,
                        "Gap 5 0-" + head,
                        "SubscribeReply 6 at " + head),
                late.got.lines.stream()
                        .filter(line -> !line.startsWith("Live") && !line.startsWith("Deliver"))
                        .toList());
        assertEquals(late.bodies(6), late.bodies(2));
        assertEquals(late.bodies(6), late.bodies(5));
        assertEquals("1000", late.bodies(6).get(late.bodies(6).size() - 1));
    }

    @Test
    void whatIsDroppedWhileItIsReplayedIsToldAsAGap() {
        final Rig small = new Rig(new JournalConfig(42, 0, 4096, 8, WhenFull.DROP_OLDEST));
        final Peer from = small.logon("p");
        final Peer late = small.logon("late");
        for (int i = 1; i <= 50; i++) {
            from.publish("t", "" + i).send();
        }
        late.subscribe(1, "#", 800, From.start()).send();
        small.catchUp();
        for (int i = 51; i <= 1000; i++) {
            from.publish("t", "" + i).send();
        }
        late.credit(1, ALL).send();
        small.catchUp();
        final List<String> lines = late.lines();
        assertTrue(lines.get(1).startsWith("Gap 1 ") && lines.get(1).endsWith("-" + small.journal.head()), "" + lines);
        assertTrue(lines.get(2).startsWith("Live 1 0-"), "" + lines);
        assertEquals(3, lines.size());
        final List<String> bodies = late.bodies(1);
        final int first = Integer.parseInt(bodies.get(10));
        assertEquals(numbers(1, 10), bodies.subList(0, 10));
        assertEquals(numbers(first, 1000), bodies.subList(10, bodies.size()));
    }

    @Test
    void withoutCreditItWaitsWhereItStands() {
        publish(1, 10);
        reader.subscribe(1, "#", 0, From.start()).send();
        rig.catchUp();
        assertEquals(List.of("SubscribeReply 1 at 0"), reader.lines());
        reader.credit(1, 1).send();
        rig.catchUp();
        assertEquals(numbers(1, 1), reader.bodies(1));
        reader.credit(1, ALL).send();
        rig.catchUp();
        assertEquals(numbers(1, 10), reader.bodies(1));
        assertEquals(List.of("Live 1 0-" + rig.journal.tail()), reader.lines());
    }

    @Test
    void whoFallsBehindAgainIsNotToldTwiceThatItIsLive() {
        publish(1, 10);
        subscribe(From.start());
        reader.wire.hold();
        for (int i = 11; i <= 500; i++) {
            publisher.publish("t", "" + i + " ".repeat(10_000)).send();
        }
        reader.wire.release();
        rig.catchUp();
        assertEquals(500, reader.bodies(1).size());
        assertEquals(2, reader.lines().size());
    }

    @Test
    void severalAtDifferentPlacesEachGetTheirs() {
        publish(1, 1000);
        for (int id = 1; id <= 10; id++) {
            reader.subscribe(id, id % 2 == 0 ? "t" : "#", ALL, From.after(positionOf(id * 90)));
        }
        reader.subscribe(11, "#").send();
        publish(1001, 1010);
        rig.catchUp();
        for (int id = 1; id <= 10; id++) {
            assertEquals(numbers(id * 90 + 1, 1010), reader.bodies(id));
        }
        assertEquals(numbers(1001, 1010), reader.bodies(11));
    }

    @Test
    void aLongReplayDoesNotKeepTheOthersOfItsSessionWaiting() {
        for (int i = 1; i <= 40; i++) {
            publish(i * 500 - 499, i * 500);
        }
        reader.subscribe(1, "#", ALL, From.start())
                .subscribe(2, "#", ALL, From.after(positionOf(19_990)))
                .send();
        rig.broker.catchUp(4 * 64 * 1024);
        assertEquals(numbers(19_991, 20_000), reader.bodies(2));
        assertTrue(
                reader.bodies(1).size() < 10_000, "bodies=" + reader.bodies(1).size());
        rig.host.isCatchUpWanted = true;
        rig.catchUp();
        assertEquals(numbers(1, 20_000), reader.bodies(1));
    }

    @Test
    void anUnsubscribedReplayStops() {
        publish(1, 1000);
        reader.subscribe(1, "#", 1000, From.start()).send();
        rig.catchUp();
        final int got = reader.bodies(1).size();
        reader.unsubscribe(1).credit(1, ALL).send();
        rig.catchUp();
        assertEquals(got, reader.bodies(1).size());
    }

    @Test
    void aDeliveryPointBeyondTheServersDurabilityIsRefused() {
        reader.subscribe(1, "#", ALL, From.now().on(AckLevel.WRITTEN))
                .subscribe(2, "#", ALL, From.start().on(AckLevel.SYNCED))
                .subscribe(3, "#", ALL, new From(0, 0, 9, 0, 0, 0, 0))
                .subscribe(4, "#", ALL, new From(9, 0, 0, 0, 0, 0, 0))
                .subscribe(5, "#", ALL, new From(1, 9, 0, 0, 0, 0, 0))
                .send();
        rig.catchUp();
        assertEquals(
                List.of(
                        "Reject 21 1 SUBSCRIPTION_INVALID",
                        "Reject 21 2 SUBSCRIPTION_INVALID",
                        "Reject 21 3 SUBSCRIPTION_INVALID",
                        "Reject 21 4 SUBSCRIPTION_INVALID",
                        "SubscribeReply 5 at 0",
                        "Live 5 0-0"),
                reader.lines());
    }

    private void publish(int from, int to) {
        for (int i = from; i <= to; i++) {
            publisher.publish("t", "" + i);
        }
        publisher.send();
    }

    private void subscribe(From from) {
        reader.subscribe(1, "#", ALL, from).send();
        rig.catchUp();
    }

    private long positionOf(int number) {
        if (number > witness.got.delivered.size()) {
            return rig.journal.tail();
        }
        return witness.got.delivered.get(number - 1).position();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }
}
