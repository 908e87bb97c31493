package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.NotFound;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is delivered to whom wants only what is written, or synced. */
class DeliveryPointTest {
    private static final long ALL = 1 << 30;
    private static final int FRAME = 80;

    private final SlowDisk disk = new SlowDisk();
    private final Rig rig =
            new Rig(AckLevel.SYNCED, new Journal(disk, new JournalConfig(42, 0, 4096, 64, WhenFull.DROP_OLDEST)));
    private final Peer publisher = rig.logon("p");
    private final Peer reader = rig.logon("r");

    static long[] seeds() {
        final long first = System.nanoTime();
        return IntStream.range(0, 30).mapToLong(i -> first + i).toArray();
    }

    @Test
    void eachPointGetsAMessageWhenItIsThat() {
        reader.subscribe(1, "#", ALL, From.now())
                .subscribe(2, "#", ALL, From.now().on(AckLevel.WRITTEN))
                .subscribe(3, "#", ALL, From.now().on(AckLevel.SYNCED))
                .send();
        publish(1, 3);
        rig.catchUp();
        assertBodies(numbers(1, 3), List.of(), List.of());
        disk.written();
        progress();
        assertBodies(numbers(1, 3), numbers(1, 3), List.of());
        disk.forced();
        progress();
        assertBodies(numbers(1, 3), numbers(1, 3), numbers(1, 3));
        assertEquals(
                List.of("SubscribeReply 1 at 0", "SubscribeReply 2 at 0", "SubscribeReply 3 at 0"), reader.lines());
    }

    @Test
    void aReplayIsLiveWhenItHasReachedWhatIsSynced() {
        publish(1, 10);
        disk.forced();
        progress();
        publish(11, 20);
        reader.subscribe(3, "#", ALL, From.start().on(AckLevel.SYNCED)).send();
        rig.catchUp();
        assertEquals(numbers(1, 10), reader.bodies(3));
        assertEquals(List.of("SubscribeReply 3 at 0", "Live 3 0-" + rig.journal.forced()), reader.lines());
        disk.forced();
        progress();
        assertEquals(numbers(1, 20), reader.bodies(3));
        assertEquals(List.of(), reader.lines());
    }

    @Test
    void nothingTurnsWhileNothingBecomesDurable() {
        reader.subscribe(3, "#", ALL, From.now().on(AckLevel.SYNCED)).send();
        publish(1, 10);
        rig.catchUp();
        disk.written();
        rig.broker.onJournalProgress();
        assertFalse(rig.host.isCatchUpWanted);
    }

    @Test
    void aBookmarkBeyondWhatIsSyncedWaitsForThat() {
        publish(1, 10);
        reader.subscribe(3, "#", ALL, From.after(5 * FRAME).on(AckLevel.SYNCED).or(NotFound.NOW))
                .send();
        rig.catchUp();
        assertEquals(List.of(), reader.bodies(3));
        disk.forced();
        progress();
        assertEquals(numbers(7, 10), reader.bodies(3));
    }

    @Test
    void segmentsEndsAndRangesOfDifferentLengthAreNoObstacle() {
        reader.subscribe(2, "#", ALL, From.now().on(AckLevel.WRITTEN))
                .subscribe(3, "#", ALL, From.start().on(AckLevel.SYNCED))
                .send();
        for (int i = 1; i <= 500; i++) {
            publish(i, i);
            if (i % 7 == 0) {
                disk.written();
                progress();
            }
            if (i % 11 == 0) {
                disk.forcedOnce();
                progress();
            }
        }
        disk.forced();
        progress();
        assertEquals(numbers(1, 500), reader.bodies(2));
        assertEquals(numbers(1, 500), reader.bodies(3));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nobodyGetsWhatIsNotDurableYetAndInTheEndEverything(long seed) {
        final Random random = new Random(seed);
        int published = 0;
        reader.subscribe(2, "#", 1000, From.start().on(AckLevel.WRITTEN))
                .subscribe(3, "t", 1000, From.now().on(AckLevel.SYNCED))
                .send();
        for (int i = 0; i < 300; i++) {
            switch (random.nextInt(6)) {
                case 0 -> {
                    disk.written();
                    progress();
                }
                case 1 -> {
                    if (disk.forcesAsked() > 0) {
                        disk.forcedOnce();
                        progress();
                    }
                }
                case 2 ->
                    reader.credit(2 + random.nextInt(2), 1 + random.nextInt(2000))
                            .send();
                case 3 -> rig.catchUp();
                default -> {
                    final int count = 1 + random.nextInt(9);
                    publish(published + 1, published + count);
                    published += count;
                }
            }
            assertBelow(2, rig.journal.written(), seed);
            assertBelow(3, rig.journal.forced(), seed);
        }
        disk.forced();
        reader.credit(2, ALL).credit(3, ALL).send();
        progress();
        assertEquals(numbers(1, published), reader.bodies(2), "seed=" + seed);
        assertEquals(numbers(1, published), reader.bodies(3), "seed=" + seed);
    }

    private void assertBelow(long id, long limit, long seed) {
        final long highest = reader.got.delivered.stream()
                .filter(message -> message.ids().contains(id))
                .mapToLong(Delivered::position)
                .max()
                .orElse(-1);
        assertEquals(true, highest < limit || highest == -1, "seed=" + seed + " position=" + highest);
    }

    private void assertBodies(List<String> received, List<String> written, List<String> synced) {
        assertEquals(received, reader.bodies(1));
        assertEquals(written, reader.bodies(2));
        assertEquals(synced, reader.bodies(3));
    }

    private void progress() {
        rig.broker.onJournalProgress();
        rig.catchUp();
    }

    private void publish(int from, int to) {
        for (int i = from; i <= to; i++) {
            publisher.publish("t", "" + i);
        }
        publisher.send();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }
}
