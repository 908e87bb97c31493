package io.tautwire.journal.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.FrameDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal whose last frame was being written when everything stopped. */
class TornTailTest extends RecoveryFixture {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsBeforeALastFrameThatIsTornAtAnyByte(boolean isSameBoot) {
        for (int length = 48; length < 56; length++) {
            tearEverywhere(new Built().frame(61).frame(100), length, isSameBoot);
        }
        tearEverywhere(new Built().frame(61).frame(100), 1000, isSameBoot);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsAtTheSegmentsEndBeforeALastFrameThatIsTornBehindPadding(boolean isSameBoot) {
        tearEverywhere(new Built().fillBut(8), 61, isSameBoot);
        tearEverywhere(new Built().fillBut(16), 61, isSameBoot);
        tearEverywhere(new Built().fillBut(200), 300, isSameBoot);
        tearEverywhere(new Built().fillBut(0), 300, isSameBoot);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsBeforePaddingThatIsTornAtAnyByte(boolean isSameBoot) {
        for (final int left : new int[] {8, 16, 24, 200}) {
            final Built built = new Built().frame(100).fillBut(left).frame(300);
            final MemoryImage whole = built.image();
            final long padding = SEGMENT - left;
            for (int written = 0; written < 4; written++) {
                final MemoryImage image = whole.copy().powerCut(padding);
                image.isSameBoot = isSameBoot;
                image.zero(padding + written);
                final boolean isWhole = whole.bytes.getInt(SEGMENT - left) == image.bytes.getInt(SEGMENT - left);
                final Recovered recovered = recover(image);
                assertEquals(isWhole ? SEGMENT : padding, recovered.tail(), "left=" + left + " written=" + written);
                assertEquals(2, recovered.frames());
            }
        }
    }

    @Test
    void theLengthAloneOfAFrameThatFillsItsSegmentIsPadding() {
        final Built built = new Built().frame(100).fillBut(0);
        final MemoryImage image = built.image().killed(104);
        image.zero(104 + Integer.BYTES);
        final Recovered recovered = recover(image);
        assertEquals(SEGMENT, recovered.tail());
        assertEquals(104, recovered.dataEnd(0));
        assertEquals(1, recovered.frames());
    }

    @Test
    void aTornFrameBelowWhatWasSyncedIsCorruption() {
        final Built built = new Built().frame(61).frame(100);
        for (int written = 0; written < 100; written++) {
            final MemoryImage image = built.image().killed(built.tail());
            image.zero(64 + written);
            assertCorruptAt(64, image);
            image.isSameBoot = false;
            assertCorruptAt(64, image);
            image.synced = 72;
            assertCorruptAt(64, image);
        }
    }

    @Test
    void wholeFramesBehindATornOneAreCorruptionUnlessThePowerFailed() {
        final Built built = new Built()
                .frame(61)
                .frame(100)
                .frame(64)
                .fillBut(200)
                .frame(300)
                .frame(64);
        final MemoryImage whole = built.image();
        final Seen frames = framesOf(whole, built.tail());
        for (int torn = 1; torn < frames.count() - 1; torn++) {
            final long position = frames.get(torn).position();
            final MemoryImage image = whole.copy().powerCut(64);
            image.bytes.setMemory(image.index(position), frames.get(torn).bytes().length, (byte) 0);
            final Recovered recovered = recover(image);
            assertEquals(position, recovered.tail());
            assertTrue(recovered.isCut());
            seen.assertPrefixOf(frames);
            assertCorruptAt(position, image.killed(64));
        }
    }

    @Test
    void aWholeFrameFarBehindATornOneIsFound() {
        final Built built = new Built()
                .frame(100)
                .frame(SEGMENT)
                .frame(SEGMENT)
                .frame(SEGMENT - 104)
                .frame(96);
        final MemoryImage image = built.image().killed(104);
        final long last = built.tail() - 96;
        image.bytes.setMemory(104, (int) last - 104, (byte) 0);
        final String message = assertCorrupt(image).getMessage();
        assertTrue(message.contains("; there was more, for position=" + last + " file=memory offset=" + last), message);
    }

    private void tearEverywhere(Built built, int length, boolean isSameBoot) {
        final long before = built.tail();
        final long position = built.next(length);
        final Seen frames = framesOf(built.image(), before);
        final MemoryImage whole = built.frame(length).image();
        for (int written = 0; written < FrameDescriptor.aligned(length); written++) {
            final MemoryImage image = whole.copy().powerCut(before);
            image.isSameBoot = isSameBoot;
            image.zero(position + written);
            final boolean isWhole = image.bytes.equals(whole.bytes);
            final Recovered recovered = recover(image);
            assertEquals(isWhole ? built.tail() : position, recovered.tail(), "written=" + written);
            assertEquals(isWhole ? frames.count() + 1 : frames.count(), seen.count());
            if (!isWhole) {
                seen.assertPrefixOf(frames);
            }
            // The length is written first here, and nothing but zeros may come before it.
            assertEquals(!isWhole && written > 0, recovered.isCut());
        }
    }
}
