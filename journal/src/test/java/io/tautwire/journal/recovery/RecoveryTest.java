package io.tautwire.journal.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RecoveryTest extends RecoveryFixture {
    @Test
    void findsEveryFrameOfAJournalThatWasClosed() {
        final Built built = new Built().frame(61).frame(100).frame(1000);
        final Recovered recovered = recover(built.image().clean(built.tail()));
        assertEquals(0, recovered.head());
        assertEquals(built.tail(), recovered.tail());
        assertEquals(3, recovered.frames());
        assertEquals(64 + 104, recovered.lastFrame());
        assertTrue(recovered.isClean());
        assertFalse(recovered.isCut());
        assertEquals(3, seen.count());
        assertEquals(64, seen.get(1).position());
    }

    @Test
    void findsWhatWasWrittenBehindWhatIsKnownToBeSynced() {
        final Built built = new Built().frame(61).frame(100).fillBut(72).frame(1000);
        for (final boolean isSameBoot : new boolean[] {true, false}) {
            final MemoryImage image = built.image().powerCut(64);
            image.isSameBoot = isSameBoot;
            final Recovered recovered = recover(image);
            assertEquals(built.tail(), recovered.tail());
            assertEquals(4, recovered.frames());
            assertFalse(recovered.isClean());
            assertFalse(recovered.isCut());
        }
    }

    @Test
    void anEmptyJournalIsEmptyHoweverItEnded() {
        for (int segments = 0; segments < 3; segments++) {
            for (int how = 0; how < 3; how++) {
                final MemoryImage image = new MemoryImage(SEGMENT, segments);
                image.isClean = how == 0;
                image.isSameBoot = how == 1;
                final Recovered recovered = recover(image);
                assertEquals(0, recovered.tail());
                assertEquals(0, recovered.head());
                assertEquals(0, recovered.endSegment());
                assertEquals(-1, recovered.lastFrame());
                assertFalse(recovered.isCut());
            }
        }
    }

    @Test
    void knowsOfEachSegmentWhereItsFramesEndAndWhenTheyBegan() {
        final Built built = new Built()
                .frame(61)
                .fillBut(8)
                .frame(100)
                .fillBut(16)
                .frame(100)
                .fillBut(0);
        built.fillBut(2000).frame(3000).frame(64);
        final Recovered recovered = recover(built.image().clean(built.tail()));
        assertEquals(0, recovered.firstSegment());
        assertEquals(5 * SEGMENT, recovered.endSegment());
        assertEquals(SEGMENT - 8, recovered.dataEnd(0));
        assertEquals(SEGMENT - 16, recovered.dataEnd(SEGMENT));
        assertEquals(SEGMENT, recovered.dataEnd(2 * SEGMENT));
        assertEquals(SEGMENT - 2000, recovered.dataEnd(3 * SEGMENT));
        assertEquals(SEGMENT, recovered.dataEnd(4 * SEGMENT));
        assertEquals(1001, recovered.firstTimestamp(0));
        assertEquals(1003, recovered.firstTimestamp(SEGMENT));
        assertEquals(1008, recovered.firstTimestamp(4 * SEGMENT));
        assertThrows(IllegalArgumentException.class, () -> recovered.dataEnd(5 * SEGMENT));
        assertThrows(IllegalArgumentException.class, () -> recovered.dataEnd(8));
    }

    @Test
    void aTailAtASegmentsEndIsThere() {
        final Built built = new Built().frame(SEGMENT).frame(100).fillBut(0);
        final MemoryImage image = built.image();
        for (int spare = 0; spare < 3; spare++) {
            for (int how = 0; how < 3; how++) {
                final MemoryImage found = new MemoryImage(SEGMENT, 2 + spare);
                found.bytes.putBytes(0, image.bytes, 0, 2 * SEGMENT);
                found.isClean = how == 0;
                found.isSameBoot = how == 1;
                found.synced = 2 * SEGMENT;
                final Recovered recovered = recover(found);
                assertEquals(2 * SEGMENT, recovered.tail());
                assertEquals(2 * SEGMENT, recovered.endSegment());
                assertFalse(recovered.isCut());
            }
        }
    }

    @Test
    void paddingThatNothingFollowsEndsItsSegment() {
        final Built built = new Built().frame(100).frame(SEGMENT);
        final MemoryImage image = built.image().killed(0);
        image.zero(SEGMENT);
        final Recovered recovered = recover(image);
        assertEquals(SEGMENT, recovered.tail());
        assertEquals(104, recovered.dataEnd(0));
        assertEquals(1, recovered.frames());
    }

    @Test
    void aSegmentNeverBeginsWithPadding() {
        final Built built = new Built().frame(100);
        final MemoryImage image = built.image().killed(0);
        image.zero(0);
        image.bytes.putInt(0, SEGMENT);
        final Recovered recovered = recover(image);
        assertEquals(0, recovered.tail());
        assertTrue(recovered.isCut());
    }

    @Test
    void readsFromTheSegmentOfTheHeadOn() {
        final Built built =
                new Built().frame(SEGMENT).frame(64).frame(100).fillBut(8).frame(100);
        final MemoryImage image = built.image().clean(built.tail());
        image.head = SEGMENT + 64;
        image.flip(100, 1);
        final Recovered recovered = recover(image);
        assertEquals(SEGMENT + 64, recovered.head());
        assertEquals(SEGMENT, recovered.firstSegment());
        assertEquals(4, seen.count());
        assertEquals(SEGMENT, seen.get(0).position());
    }

    @Test
    void aHeadAtASegmentsBeginLeavesTheSegmentBeforeToTellWhatCameLast() {
        final Built built = new Built().frame(SEGMENT).frame(SEGMENT);
        final MemoryImage image = built.image().clean(built.tail());
        image.head = 2 * SEGMENT;
        final Recovered recovered = recover(image);
        assertEquals(2 * SEGMENT, recovered.head());
        assertEquals(2 * SEGMENT, recovered.tail());
        assertEquals(SEGMENT, recovered.firstSegment());
        assertEquals(SEGMENT, recovered.lastFrame());
        assertEquals(1, seen.count());
    }

    @Test
    void theHeadCanBeTheTailAndWherePaddingBegins() {
        final Built built = new Built().frame(100).frame(SEGMENT).frame(100);
        final MemoryImage image = built.image().clean(built.tail());
        image.head = 104;
        assertEquals(104, recover(image).head());
        image.head = built.tail();
        assertEquals(built.tail(), recover(image).head());
    }

    @Test
    void refusesAHeadWithinAFrame() {
        final Built built = new Built().frame(100).frame(100);
        final MemoryImage image = built.image().clean(built.tail());
        image.head = 96;
        assertCorruptAt(96, image);
        assertCorruptAt(96, image.powerCut(0));
    }

    @Test
    void refusesAHeadOutsideUnlessThePowerFailed() {
        final Built built = new Built().frame(SEGMENT).frame(100);
        final MemoryImage image = new MemoryImage(SEGMENT, 1);
        image.firstSegment = SEGMENT;
        image.bytes.putBytes(0, built.image().bytes, SEGMENT, SEGMENT);
        assertCorruptAt(0, image.copy().clean(built.tail()));
        assertCorruptAt(0, image.copy().killed(built.tail()));
        assertEquals(SEGMENT, recover(image.copy().powerCut(built.tail())).head());
        image.head = 2 * SEGMENT;
        assertCorruptAt(2 * SEGMENT, image.copy().clean(built.tail()));
        assertCorruptAt(2 * SEGMENT, image.copy().killed(built.tail()));
        final Recovered recovered = recover(image.copy().powerCut(built.tail()));
        assertEquals(built.tail(), recovered.head());
        assertEquals(built.tail(), recovered.tail());
        image.head = 3 * SEGMENT;
        assertCorruptAt(3 * SEGMENT, image.copy().killed(built.tail()));
        assertEquals(built.tail(), recover(image.copy().powerCut(built.tail())).head());
    }

    @Test
    void refusesAJournalWhoseLastSegmentIsMissing() {
        final Built built = new Built().frame(SEGMENT).frame(100);
        final MemoryImage image = new MemoryImage(SEGMENT, 1);
        image.bytes.putBytes(0, built.image().bytes, 0, SEGMENT);
        assertCorruptAt(SEGMENT, image.copy().clean(built.tail()));
        assertCorruptAt(SEGMENT, image.copy().killed(built.tail()));
        assertCorruptAt(SEGMENT, image.copy().powerCut(built.tail()));
    }

    @Test
    void refusesATailThatIsNoFramesEnd() {
        final Built built = new Built().frame(100).frame(100);
        assertCorruptAt(208, built.image().clean(200));
        assertCorruptAt(208, built.image().clean(216));
        assertCorruptAt(104, built.image().clean(104));
    }

    @Test
    void refusesAFrameThatLiesElsewhereThanItSays() {
        final Built built = new Built().frame(100).frame(100).frame(100);
        final MemoryImage image = built.image();
        image.bytes.putBytes(104, image.bytes, 208, 104);
        assertCorruptAt(104, image.copy().clean(built.tail()));
        assertCorruptAt(104, image.copy().killed(0));
        assertEquals(104, recover(image.copy().powerCut(104)).tail());
        assertEquals(1, seen.count());
    }

    @Test
    void namesThePositionAndWhatIsWrongAndWhatToDo() {
        final Built built = new Built().frame(100).frame(100);
        final MemoryImage image = built.image().clean(built.tail());
        image.flip(150, 3);
        final String message = assertCorrupt(image).getMessage();
        assertTrue(message.contains("journal=7 position=104 file=memory offset=104: content checksum"), message);
        assertTrue(message.contains("length=100") && message.contains("synced=208"), message);
        assertTrue(message.contains("restore the journal from a copy"), message);
    }
}
