package io.tautwire.journal.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random journals, ended at random: the recovery finds what a comparison with the undamaged bytes finds. */
class RandomRecoveryTest extends RecoveryFixture {
    private static final int RUNS = 3000;
    private static final int SECTOR = 512;

    private SplittableRandom random;
    private MemoryImage whole;
    private Seen frames;
    private long tail;

    @Test
    void findsWhatIsLeft() {
        for (int run = 0; run < RUNS; run++) {
            final long seed = Long.getLong("tautwire.seed", System.nanoTime() + run);
            random = new SplittableRandom(seed);
            try {
                build();
                run(run % 4);
            } catch (Throwable e) {
                throw new AssertionError("-Dtautwire.seed=" + seed, e);
            }
        }
    }

    private void build() {
        final Built built = new Built();
        final int segments = random.nextInt(1, 4);
        while (built.tail() < segments * (long) SEGMENT) {
            if (random.nextInt(10) == 0) {
                final int left = (int) (SEGMENT - built.tail() % SEGMENT);
                built.frame(left >= 48 && random.nextBoolean() ? left : SEGMENT);
            } else {
                built.frame(random.nextInt(48, 600));
            }
        }
        tail = built.tail();
        whole = built.image();
        frames = framesOf(whole, tail);
        if (random.nextBoolean()) {
            whole.head = frames.get(random.nextInt(frames.count())).position();
        }
        frames = framesFrom(whole);
    }

    private Seen framesFrom(MemoryImage from) {
        recover(from.copy().clean(tail));
        return seen;
    }

    private void run(int how) {
        final Seen.Found known = frames.get(random.nextInt(frames.count()));
        final long synced = Math.max(whole.head, known.position());
        if (how == 0) {
            assertEquals(tail, recover(whole.copy().clean(tail)).tail());
        } else if (how == 1) {
            kill(synced);
        } else if (how == 2) {
            cutPower(synced);
        } else {
            rot(synced);
        }
    }

    /** Everything up to some byte was written, nothing behind it. */
    private void kill(long synced) {
        final MemoryImage image = whole.copy().killed(synced);
        image.zero(withoutLoneLengths(random.nextLong(synced, tail + 1)));
        assertRecovers(image);
    }

    /** The length alone of a frame that fills its segment is as good as padding. */
    private long withoutLoneLengths(long cut) {
        for (int i = 0; i < frames.count(); i++) {
            final long position = frames.get(i).position();
            if (frames.get(i).end() % SEGMENT == 0 && cut > position && cut < position + Long.BYTES) {
                return position;
            }
        }
        return cut;
    }

    /** Of what was not synced any sectors are there. */
    private void cutPower(long synced) {
        final MemoryImage image = whole.copy().powerCut(synced);
        for (int at = 0; at < image.bytes.capacity(); at += SECTOR) {
            if (image.firstSegment + at + SECTOR > synced && random.nextInt(3) == 0) {
                final int from = Math.max(at, image.index(synced));
                image.bytes.setMemory(from, at + SECTOR - from, (byte) 0);
            }
        }
        assertRecovers(image);
    }

    /** One bit changed, anywhere that is looked at. */
    private void rot(long synced) {
        final MemoryImage image = whole.copy().killed(synced);
        final long looked = recover(image).firstSegment();
        final int index = image.index(random.nextLong(looked, image.endSegment()));
        image.flip(index, random.nextInt(8));
        final long position = image.firstSegment + index;
        if (position < synced) {
            assertCorrupt(image);
        } else {
            try {
                assertEquals(firstDamaged(image), recover(image).tail());
                assertTrue(position >= frames.last().position());
            } catch (TautwireException refused) {
                assertEquals(Code.JOURNAL_CORRUPT, refused.code());
                assertTrue(position < frames.last().position());
            }
        }
        seen.assertPrefixOf(frames);
    }

    private void assertRecovers(MemoryImage image) {
        final Recovered recovered = recover(image);
        assertEquals(firstDamaged(image), recovered.tail());
        assertEquals(Math.min(image.head, recovered.tail()), recovered.head());
        seen.assertPrefixOf(frames);
        for (int i = seen.count(); i < frames.count(); i++) {
            assertTrue(frames.get(i).position() >= recovered.tail());
        }
    }

    /** Where the first frame or padding begins that is not as it was; the tail if there is none. */
    private long firstDamaged(MemoryImage image) {
        long position = frames.get(0).position();
        for (int i = 0; i < frames.count(); i++) {
            final Seen.Found frame = frames.get(i);
            if (frame.position() > position) {
                if (!isSame(image, position, frame.position())) {
                    return position;
                }
                position = frame.position();
            }
            if (!isSame(image, position, frame.end())) {
                return position;
            }
            position = frame.end();
        }
        return position;
    }

    private boolean isSame(MemoryImage image, long from, long to) {
        for (long at = from; at < to; at++) {
            if (image.bytes.getByte(image.index(at)) != whole.bytes.getByte(whole.index(at))) {
                return false;
            }
        }
        return true;
    }
}
