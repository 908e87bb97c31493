package io.tautwire.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every storage owes its journal. */
public abstract class StorageContract {
    /** Length of a segment. */
    protected static final int SEGMENT = 8 * 1024;

    /** What completed, in order. */
    protected final List<String> completed = new ArrayList<>();

    /** Memory given, by the segment's position. */
    protected final Map<Long, UnsafeBuffer> memory = new HashMap<>();

    /** The storage under test. */
    protected Storage storage;

    /** A new storage. */
    protected abstract Storage newStorage();

    /** Waits, bounded, until so many requests have completed. */
    protected abstract void await(int completions);

    @BeforeEach
    void open() {
        storage = newStorage();
        storage.open(new Recorder(), SEGMENT);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void givesEachSegmentMemoryOfItsOwn() {
        prepare(3);
        for (final UnsafeBuffer buffer : memory.values()) {
            assertEquals(SEGMENT, buffer.capacity());
            assertNotNull(buffer.byteBuffer());
        }
        memory.get(0L).setMemory(0, SEGMENT, (byte) 1);
        memory.get((long) SEGMENT).setMemory(0, SEGMENT, (byte) 2);
        assertEquals(1, memory.get(0L).getByte(SEGMENT - 1));
        assertEquals(List.of("prepared 0", "prepared 8192", "prepared 16384"), completed);
    }

    @Test
    void tellsHowFarItHasWrittenAndForced() {
        prepare(1);
        storage.write(0, 64);
        storage.write(64, 128);
        storage.force(192);
        await(4);
        assertEquals(List.of("prepared 0", "written 64", "written 192", "forced 192"), completed);
    }

    @Test
    void readsASegmentThatWasWritten() {
        prepare(2);
        memory.get((long) SEGMENT).setMemory(0, SEGMENT, (byte) 7);
        storage.write(0, SEGMENT);
        storage.write(SEGMENT, SEGMENT);
        storage.read(SEGMENT);
        await(5);
        assertEquals("read 8192", completed.get(4));
        assertEquals(7, memory.get((long) SEGMENT).getByte(SEGMENT - 1));
    }

    @Test
    void refusesToReadWhatIsReleased() {
        prepare(1);
        storage.release(0);
        storage.read(0);
        await(3);
        assertEquals(List.of("prepared 0", "released 0", "failed READ 0"), completed);
    }

    @Test
    void goesRoundManyTimes() {
        for (int i = 0; i < 100; i++) {
            storage.prepare(i * (long) SEGMENT);
            await(2 * i + 1);
            storage.release(i * (long) SEGMENT);
            await(2 * i + 2);
        }
        assertEquals("released " + 99 * SEGMENT, completed.get(199));
    }

    @Test
    void servesOneJournalOnly() {
        assertThrows(IllegalStateException.class, () -> storage.open(new Recorder(), SEGMENT));
    }

    @Test
    void completesNothingOnceClosed() {
        prepare(1);
        storage.close();
        storage.close();
        storage.prepare(SEGMENT);
        storage.write(0, 64);
        storage.force(64);
        storage.read(0);
        storage.release(0);
        assertTrue(completed.equals(List.of("prepared 0")), completed::toString);
    }

    @Test
    void memoryThatSomebodyStillHoldsStaysReadableOnceClosed() {
        prepare(1);
        memory.get(0L).putLong(0, 42);
        storage.close();
        assertEquals(42, memory.get(0L).getLong(0));
    }

    /** Prepares the first segments and waits for them. */
    protected void prepare(int count) {
        for (int i = 0; i < count; i++) {
            storage.prepare(i * (long) SEGMENT);
            await(i + 1);
        }
    }

    private final class Recorder implements StorageListener {
        @Override
        public void onPrepared(long segmentPosition, UnsafeBuffer given) {
            memory.put(segmentPosition, given);
            completed.add("prepared " + segmentPosition);
        }

        @Override
        public void onWritten(long endPosition) {
            completed.add("written " + endPosition);
        }

        @Override
        public void onForced(long endPosition) {
            completed.add("forced " + endPosition);
        }

        @Override
        public void onRead(long segmentPosition, UnsafeBuffer given) {
            memory.put(segmentPosition, given);
            completed.add("read " + segmentPosition);
        }

        @Override
        public void onReleased(long segmentPosition) {
            completed.add("released " + segmentPosition);
        }

        @Override
        public void onFailed(Request request, long position, Throwable cause) {
            completed.add("failed " + request + " " + position);
        }
    }
}
