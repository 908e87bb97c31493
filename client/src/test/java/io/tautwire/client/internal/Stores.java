package io.tautwire.client.internal;

import io.tautwire.codec.MessagePrefix;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.memory.MemoryStorage;

/** Stores for tests, and the prefix of what is published into them. */
final class Stores {
    static final MessagePrefix PREFIX = MessagePrefix.builder()
            .clientName("pricer")
            .incarnation(7)
            .topic("trades")
            .build();

    private Stores() {}

    static OpenStore of(int segmentLength, int maxSegments) {
        return new OpenStore(
                new Journal(new MemoryStorage(), new JournalConfig(0, 0, segmentLength, maxSegments, WhenFull.REFUSE)),
                7,
                1 << 20);
    }

    /** Publishes a body of eight bytes; as {@link OpenStore#begin}. */
    static long publish(OpenStore store, long value) {
        final long sequence = store.begin(PREFIX, Long.BYTES);
        if (sequence > 0) {
            store.buffer().putLong(store.frameOffset() + PREFIX.bodyOffset(), value);
            store.commit(PREFIX, Long.BYTES);
        }
        return sequence;
    }

    /** Gives up all that is stored, as outcomes would. */
    static void release(OpenStore store) {
        store.journal().releaseTo(store.journal().tail());
        store.onRoom();
    }

    /** Runs work on a thread of its own. */
    static void startThread(Runnable work) {
        final Thread thread = new Thread(work, "test");
        thread.setDaemon(true);
        thread.start();
    }
}
