package io.tautwire.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random steps on a journal and on {@link JournalModel}, a plain list of the frames committed. */
public abstract class RandomContract extends JournalContract {
    private static final int RUNS = 40;
    private static final int STEPS = 1500;

    private final List<ModelledCursor> cursors = new ArrayList<>();
    private SplittableRandom random;
    private JournalModel model;

    @ParameterizedTest
    @EnumSource(WhenFull.class)
    void behavesLikeAListOfFrames(WhenFull whenFull) {
        for (int run = 0; run < RUNS; run++) {
            final long seed = Long.getLong("tautwire.seed", System.nanoTime() + run);
            try {
                run(seed, whenFull);
            } catch (Throwable e) {
                throw new AssertionError("-Dtautwire.seed=" + seed + " whenFull=" + whenFull, e);
            } finally {
                close();
            }
        }
    }

    private void run(long seed, WhenFull whenFull) {
        random = new SplittableRandom(seed);
        final int segments = random.nextInt(2, isCooling() ? 24 : 10);
        open(whenFull, segments);
        model = new JournalModel(SEGMENT, segments, whenFull);
        cursors.clear();
        for (int i = 0; i < 5; i++) {
            cursors.add(new ModelledCursor(this, model));
        }
        for (int step = 0; step < STEPS; step++) {
            step(random.nextInt(10), whenFull);
            assertEquals(model.tail(), journal.tail(), "tail");
            assertEquals(model.head(), journal.head(), "head");
        }
    }

    private void step(int what, WhenFull whenFull) {
        if (what < 4) {
            claimAndEnd();
        } else if (what < 7) {
            cursor().poll(random.nextInt(1, 20));
        } else if (what == 7) {
            cursor().range(random.nextInt(1, 2 * SEGMENT), random);
        } else if (what == 8) {
            cursor().seek(model.somePosition(random));
        } else if (whenFull == WhenFull.REFUSE) {
            final long position = model.somePosition(random);
            journal.releaseTo(position);
            model.releaseTo(position);
        }
    }

    private ModelledCursor cursor() {
        return cursors.get(random.nextInt(cursors.size()));
    }

    private void claimAndEnd() {
        final int longest = random.nextInt(10) == 0 ? SEGMENT + 1 : SEGMENT / 3;
        final int length = random.nextInt(Frames.MIN, longest + 1);
        final long position = claim(length);
        assertEquals(model.claim(length), position, "claim of " + length);
        if (position >= 0) {
            final int actual = random.nextInt(4) == 0 ? random.nextInt(Frames.MIN, length + 1) : length;
            frames.write(journal.claimBuffer(), journal.claimOffset(), actual, model.nextId());
            if (random.nextInt(5) == 0) {
                journal.abort();
            } else {
                journal.commit(actual);
                model.commit(position, actual);
                cool();
            }
        }
        assertTrue(!journal.isClaimed());
    }
}
