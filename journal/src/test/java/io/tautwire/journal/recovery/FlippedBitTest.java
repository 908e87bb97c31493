package io.tautwire.journal.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.journal.Frames;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** One bit of a small journal is turned over, each in turn: it is found each time, and never served. */
class FlippedBitTest extends RecoveryFixture {
    private static final int SMALL = 512;

    private final Frames writer = new Frames();
    private final MemoryImage whole = new MemoryImage(SMALL, 3);
    private final long tail = build();
    private final Seen frames = framesOf(whole, tail);

    @Test
    void anyBitOfAJournalThatWasClosedIsFound() {
        whole.clean(tail);
        eachBit((image, position) -> assertCorrupt(image));
    }

    @Test
    void anyBitBelowWhatWasSyncedIsFoundWhateverHappened() {
        eachBit((image, position) -> {
            if (position < tail) {
                assertCorrupt(image.killed(tail));
                image.isSameBoot = false;
                assertCorrupt(image);
            } else {
                assertEquals(tail, recover(image.killed(tail)).tail());
                assertTrue(recover(image).isCut());
                seen.assertPrefixOf(frames);
            }
        });
    }

    @Test
    void anyBitAboveWhatWasSyncedIsCorruptionOrCutAfterTheProcessDied() {
        final long synced = frames.get(1).position();
        final long last = frames.last().position();
        eachBit((image, position) -> {
            if (position < last) {
                assertCorrupt(image.killed(synced));
            } else {
                final Recovered recovered = recover(image.killed(synced));
                assertEquals(position < tail ? last : tail, recovered.tail());
                assertTrue(recovered.isCut());
                seen.assertPrefixOf(frames);
            }
        });
    }

    @Test
    void anyBitAboveWhatWasSyncedIsCutAfterThePowerFailed() {
        final long synced = frames.get(1).position();
        eachBit((image, position) -> {
            if (position < synced) {
                assertCorrupt(image.powerCut(synced));
            } else {
                final Recovered recovered = recover(image.powerCut(synced));
                assertTrue(recovered.tail() <= position);
                assertTrue(recovered.isCut());
                assertFalse(recovered.isClean());
                seen.assertPrefixOf(frames);
            }
        });
    }

    /** Frames with and without zeros behind them, a segment that ends in padding, one never used. */
    private int build() {
        int position = frame(0, 61);
        position = frame(position, 300);
        whole.bytes.putInt(position, SMALL - position, ByteOrder.LITTLE_ENDIAN);
        position = frame(SMALL, 103);
        position = frame(position, 62);
        return frame(position, 100);
    }

    private int frame(int position, int length) {
        writer.write(whole.bytes, position, length, position);
        writer.stamp(whole.bytes, position, position, 1000);
        return position + FrameDescriptor.aligned(length);
    }

    private void eachBit(Check check) {
        for (int index = 0; index < whole.bytes.capacity(); index++) {
            for (int bit = 0; bit < 8; bit++) {
                final MemoryImage image = whole.copy();
                image.flip(index, bit);
                try {
                    check.check(image, index);
                } catch (AssertionError e) {
                    throw new AssertionError("index=" + index + " bit=" + bit, e);
                }
            }
        }
    }

    private interface Check {
        void check(MemoryImage image, long position);
    }
}
