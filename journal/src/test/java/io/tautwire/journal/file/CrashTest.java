package io.tautwire.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.journal.Frames;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalCursor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random work on a disk that keeps what it promises and nothing more, with deaths of the process and of the machine in
 * between. What was said to be kept is kept, in order, and nothing is found that was never appended.
 */
class CrashTest {
    private static final int SEGMENT = 4 * 1024;
    private static final int SEEDS = 60;
    private static final int LIVES = 6;
    private static final Path DIRECTORY = Path.of("/data");

    private final Frames frames = new Frames();
    private final TreeMap<Long, Long> appended = new TreeMap<>();
    private final ManualExecutor[] executors = new ManualExecutor[4];
    private FaultyDisk disk;
    private Random random;
    private FileJournal open;
    private long nextId;
    private long clockNs;

    @ParameterizedTest
    @EnumSource
    void whatWasSaidToBeKeptIsKept(SegmentMemory memory) {
        for (int seed = 0; seed < SEEDS; seed++) {
            try {
                run(seed, memory);
            } catch (Throwable e) {
                throw new AssertionError("seed=" + seed + ": " + e, e);
            }
        }
    }

    private void run(int seed, SegmentMemory memory) {
        disk = new FaultyDisk(seed);
        random = new Random(seed);
        appended.clear();
        nextId = 0;
        for (int life = 0; life < LIVES; life++) {
            open(memory);
            final int steps = random.nextInt(400);
            for (int i = 0; i < steps; i++) {
                step();
            }
            end();
        }
    }

    private void open(SegmentMemory memory) {
        for (int i = 0; i < executors.length; i++) {
            executors[i] = new ManualExecutor();
        }
        open = FileJournal.open(
                FileJournalConfig.server(DIRECTORY, 3)
                        .memory(memory)
                        .segmentLength(SEGMENT)
                        .maxBytes(8 * SEGMENT)
                        .disk(disk)
                        .nanoClock(() -> clockNs),
                new StorageExecutors(executors[0], executors[1], executors[2], executors[3], Runnable::run));
        check();
    }

    private void step() {
        final Journal journal = open.journal();
        switch (random.nextInt(8)) {
            case 0, 1, 2:
                append(journal);
                break;
            case 3:
                journal.force();
                break;
            case 4:
                clockNs += random.nextInt(50_000_000);
                journal.releaseTo(frameAt(random.nextBoolean() ? journal.forced() : journal.head()));
                break;
            case 5:
                journal.coolTo(frameAt(journal.forced()));
                break;
            default:
                executors[random.nextInt(executors.length)].run();
                break;
        }
    }

    private void append(Journal journal) {
        final int length = 64 + random.nextInt(1500);
        final long position = journal.claim(length);
        if (position < 0) {
            return;
        }
        frames.write(journal.claimBuffer(), journal.claimOffset(), length, nextId);
        if (random.nextInt(10) == 0) {
            journal.abort();
            return;
        }
        frames.stamp(journal.claimBuffer(), journal.claimOffset(), position, 1 + nextId);
        journal.commit(length);
        appended.put(position, nextId++);
    }

    private void end() {
        final Journal journal = open.journal();
        final long tail = journal.tail();
        final long kept;
        switch (random.nextInt(3)) {
            case 0:
                kept = journal.written();
                disk.kill();
                break;
            case 1:
                kept = journal.forced();
                disk.powerCut();
                break;
            default:
                kept = tail;
                open.close();
                if (random.nextBoolean()) {
                    disk.powerCut();
                }
                break;
        }
        appended.put(-1L, kept); // read by check
    }

    private void check() {
        final Journal journal = open.journal();
        final Long kept = appended.remove(-1L);
        final long tail = journal.tail();
        assertTrue(kept == null || tail >= kept, "tail=" + tail + " kept=" + kept);
        assertEquals(tail, journal.forced());
        appended.tailMap(tail, true).clear();
        final JournalCursor cursor = journal.cursor(journal.head());
        for (final Map.Entry<Long, Long> frame :
                appended.tailMap(journal.head()).entrySet()) {
            int found = cursor.poll();
            while (found == JournalCursor.COLD) {
                executors[0].run();
                executors[3].run();
                found = cursor.poll();
            }
            assertEquals(JournalCursor.FRAME, found);
            assertEquals(frame.getKey(), cursor.position());
            assertEquals(frame.getValue(), frames.read(cursor));
        }
        assertEquals(JournalCursor.END, cursor.poll());
        nextId = appended.isEmpty()
                ? nextId
                : Math.max(nextId, appended.lastEntry().getValue() + 1);
    }

    /** The last frame's position that is not higher, or the head. */
    private long frameAt(long position) {
        final Long found = appended.floorKey(position);
        return Math.max(open.journal().head(), found == null ? 0 : found);
    }
}
