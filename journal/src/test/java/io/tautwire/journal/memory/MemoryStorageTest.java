package io.tautwire.journal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.tautwire.journal.Storage;
import io.tautwire.journal.StorageContract;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MemoryStorageTest extends StorageContract {
    @Override
    protected Storage newStorage() {
        return new MemoryStorage();
    }

    @Override
    protected void await(int completions) {
        assertEquals(completions, completed.size());
    }

    @Test
    void reusesTheMemoryReleasedLastFirst() {
        prepare(2);
        final UnsafeBuffer first = memory.get(0L);
        final UnsafeBuffer second = memory.get((long) SEGMENT);
        storage.release(0);
        storage.release(SEGMENT);
        storage.prepare(2 * SEGMENT);
        storage.prepare(3 * SEGMENT);
        assertSame(second, memory.get(2L * SEGMENT));
        assertSame(first, memory.get(3L * SEGMENT));
    }
}
