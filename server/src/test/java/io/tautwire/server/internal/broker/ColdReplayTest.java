package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.KeptStorage;
import io.tautwire.journal.LateStorage;
import io.tautwire.journal.WhenFull;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replays of what is not in memory any more. */
class ColdReplayTest {
    private static final long ALL = 1 << 30;
    private static final int SEGMENT = 4096;
    private static final int COUNT = 2000;

    private final KeptStorage kept = new KeptStorage(SEGMENT);
    private final LateStorage late = new LateStorage(kept);
    private final Rig rig =
            new Rig(AckLevel.SYNCED, new Journal(late, new JournalConfig(42, 0, SEGMENT, 256, WhenFull.REFUSE)));
    private final Peer publisher = rig.logon("p");
    private final Peer witness = rig.logon("w").subscribe(1, "#").send();
    private int mostWarm;

    @BeforeEach
    void publishFarMoreThanStaysInMemory() {
        settle();
        for (int i = 1; i <= COUNT; i++) {
            rig.host.epochNs++;
            publisher.publish("t", "" + i).send();
            settle();
        }
        assertEquals(COUNT, witness.got.delivered.size());
        assertTrue(rig.journal.tail() > 30 * SEGMENT);
        assertTrue(kept.warmSegments() <= 6, "warmSegments=" + kept.warmSegments());
    }

    @Test
    void everythingIsDeliveredAndMemoryStaysBounded() {
        final Peer reader = rig.logon("r").subscribe(1, "#", ALL, From.start()).send();
        pump();
        assertEquals(numbers(1), reader.bodies(1));
        assertEquals(List.of("SubscribeReply 1 at 0", "Live 1 0-" + rig.journal.tail()), reader.lines());
        assertTrue(mostWarm <= 16, "warmSegments=" + mostWarm);
    }

    @Test
    void nobodyElseWaitsAndNothingTurnsMeanwhile() {
        final Peer reader = rig.logon("r")
                .subscribe(1, "#", ALL, From.start())
                .subscribe(2, "#", ALL, From.after(positionOf(COUNT - 5)))
                .subscribe(3, "#", ALL, From.now())
                .send();
        rig.catchUp();
        assertFalse(rig.host.isCatchUpWanted);
        assertEquals(List.of(), reader.bodies(1));
        assertEquals(numbers(COUNT - 4), reader.bodies(2));
        publisher.publish("t", "more").send();
        assertEquals(List.of("more"), reader.bodies(3));
        rig.broker.onJournalProgress();
        assertFalse(rig.host.isCatchUpWanted, "the segment has not come");
        pump();
        assertEquals(COUNT + 1, reader.bodies(1).size());
    }

    @Test
    void aPositionInAColdSegmentIsProvenWhenItIsThere() {
        final long position = positionOf(100);
        final Peer reader = rig.logon("r")
                .subscribe(1, "#", ALL, From.after(position))
                .subscribe(2, "#", ALL, From.after(position + 8))
                .subscribe(3, "#", ALL, From.at(position))
                .subscribe(4, "#", ALL, From.time(witness.got.delivered.get(500).timestamp()))
                .subscribe(5, "#", ALL, From.at(position))
                .send();
        rig.catchUp();
        assertEquals(List.of(), reader.lines());
        reader.unsubscribe(5).send();
        pump();
        final List<String> lines = reader.lines();
        assertTrue(lines.contains("SubscribeReply 1 at " + positionOf(101)), "" + lines);
        assertTrue(lines.contains("Reject 21 2 BOOKMARK_UNKNOWN"), "" + lines);
        assertEquals(numbers(101), reader.bodies(1));
        assertEquals(numbers(100), reader.bodies(3));
        assertEquals(numbers(501), reader.bodies(4));
        assertEquals(List.of(), reader.bodies(5));
    }

    @Test
    void manyInDifferentSegmentsAllGetThereAndMemoryStaysBounded() {
        final Random random = new Random(5);
        final List<Peer> readers = new ArrayList<>();
        final List<Integer> from = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            from.add(1 + random.nextInt(COUNT));
            readers.add(rig.logon("r" + i)
                    .subscribe(1, "#", ALL, From.at(positionOf(from.get(i))))
                    .send());
        }
        pump();
        for (int i = 0; i < readers.size(); i++) {
            assertEquals(numbers(from.get(i)), readers.get(i).bodies(1));
        }
        // What has come and nobody has read in yet is kept for those who asked, up to a bound of its own.
        assertTrue(mostWarm <= 4 + 32 + 1, "warmSegments=" + mostWarm);
    }

    @Test
    void whatCannotBeReadEndsTheSessionsThatReadItAndIsServedToNobody() {
        final Peer reader = rig.logon("r").subscribe(1, "#", ALL, From.start()).send();
        kept.failReads();
        pump();
        assertEquals(List.of(), reader.bodies(1));
    }

    /** Storage, broker and timer, until nothing moves any more. */
    private void pump() {
        int idle = 0;
        while (idle < 5) {
            final boolean isMoving = late.step();
            if (isMoving) {
                rig.broker.onJournalProgress();
            } else {
                rig.passMs(10);
            }
            mostWarm = Math.max(mostWarm, kept.warmSegments());
            idle = isMoving || rig.host.isCatchUpWanted ? 0 : idle + 1;
            rig.catchUp();
            mostWarm = Math.max(mostWarm, kept.warmSegments());
        }
    }

    private void settle() {
        while (late.step()) {
            rig.broker.onJournalProgress();
        }
        rig.catchUp();
    }

    private long positionOf(int number) {
        return witness.got.delivered.get(number - 1).position();
    }

    private static List<String> numbers(int from) {
        return IntStream.rangeClosed(from, COUNT).mapToObj(Integer::toString).toList();
    }
}
