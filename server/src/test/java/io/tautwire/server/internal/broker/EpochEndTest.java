package io.tautwire.server.internal.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.NotFound;
import io.tautwire.journal.Epochs;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.KeptStorage;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.recovery.FrameRule;
import io.tautwire.journal.recovery.MemoryImage;
import io.tautwire.journal.recovery.Recovered;
import io.tautwire.journal.recovery.Recovery;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bookmarks from before a crash that took the journal's last messages with it. */
class EpochEndTest {
    private static final long ALL = 1 << 30;
    private static final int SEGMENT = 4096;

    private Rig rig;
    private Peer reader;
    private long lastKept;
    private long end;
    private long firstLost;
    private long lastLost;

    @BeforeEach
    void loseTheLastMessagesAndGoOn() {
        final KeptStorage kept = new KeptStorage(SEGMENT);
        final Rig before = new Rig(AckLevel.SYNCED, new Journal(kept, config(0)));
        final Peer witness = before.logon("w").subscribe(1, "#").send();
        final Peer publisher = before.logon("p");
        for (int i = 1; i <= 100; i++) {
            publisher.publish("t", "" + i).send();
        }
        final MemoryImage image = kept.image();
        for (int i = 101; i <= 110; i++) {
            publisher.publish("t", "" + i).send();
        }
        lastKept = witness.got.delivered.get(99).position();
        firstLost = witness.got.delivered.get(100).position();
        lastLost = witness.got.delivered.get(109).position();

        final Recovered recovered = Recovery.scan(image, FrameRule.stamped(), (p, b, o, l, t) -> {});
        end = recovered.tail();
        rig = new Rig(
                AckLevel.SYNCED,
                Journal.reopen(
                        new KeptStorage(image, recovered),
                        config(1),
                        Epochs.first(0).with(1, end),
                        recovered));
        final Peer again = rig.logon("p");
        for (int i = 201; i <= 205; i++) {
            again.publish("t", "" + i).send();
        }
        reader = rig.logon("r");
    }

    @Test
    void aBookmarkThatSurvivedIsGoodInTheNextEpoch() {
        assertEquals(List.of("SubscribeReply 1 at " + end, live(1)), subscribe(From.after(lastKept)));
        assertEquals(List.of("201", "202", "203", "204", "205"), reader.bodies(1));
    }

    @Test
    void aBookmarkBeyondItsEpochsEndResumesThereWithANotice() {
        for (final long lost : new long[] {firstLost, lastLost}) {
            final Peer peer =
                    rig.logon("peer").subscribe(1, "#", ALL, From.after(lost)).send();
            rig.catchUp();
            assertEquals(
                    List.of("SubscribeReply 1 at " + end, "EpochEnd 1 " + lost + "-" + end, live(1)), peer.lines());
            assertEquals(List.of("201", "202", "203", "204", "205"), peer.bodies(1));
            assertTrue(peer.got.reasons.get(0).contains("epoch=0 ended at position=" + end));
            peer.cut();
        }
    }

    @Test
    void thePositionOfAnEpochsEndIsWithinIt() {
        assertEquals(List.of("SubscribeReply 1 at " + end, live(1)), subscribe(From.at(end)));
    }

    @Test
    void theSamePositionOfTheNewEpochIsAnotherMessage() {
        assertTrue(subscribe(From.after(firstLost).in(1)).get(0).startsWith("SubscribeReply 1 at "));
        assertEquals(List.of("202", "203", "204", "205"), reader.bodies(1));
    }

    @Test
    void anEpochThatNeverWasIsRefused() {
        assertEquals(
                List.of("Reject 21 1 BOOKMARK_UNKNOWN"),
                subscribe(From.after(lastKept).in(2)));
        assertEquals(
                List.of("SubscribeReply 1 at 0", "Gap 1 0-0", "Live 1 0-" + rig.journal.tail()),
                subscribe(From.after(lastKept).in(2).or(NotFound.START)));
    }

    private List<String> subscribe(From from) {
        reader.subscribe(1, "#", ALL, from).send();
        rig.catchUp();
        return reader.lines();
    }

    private String live(long id) {
        return "Live " + id + " " + end + "-" + rig.journal.tail();
    }

    private static JournalConfig config(int epoch) {
        return new JournalConfig(42, epoch, SEGMENT, 64, WhenFull.REFUSE);
    }
}
