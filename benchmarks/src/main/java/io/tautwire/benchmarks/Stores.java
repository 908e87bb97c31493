package io.tautwire.benchmarks;

import io.tautwire.client.internal.OpenStore;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.memory.MemoryStorage;

/** Publish stores as a client makes them. */
final class Stores {
    private static final long USUAL_BYTES = 64 << 20;

    private Stores() {}

    /** A store in memory of the client's usual size. */
    static OpenStore usual(long incarnation) {
        final JournalConfig config =
                JournalConfig.ofCapacity(0, 0, WhenFull.REFUSE, USUAL_BYTES, FrameDescriptor.DEFAULT_MAX_FRAME);
        return new OpenStore(new Journal(new MemoryStorage(), config), incarnation, FrameDescriptor.DEFAULT_MAX_FRAME);
    }

    /** Frees all that is stored, as acknowledgements do. */
    static void release(OpenStore store) {
        store.journal().releaseTo(store.journal().tail());
        store.onRoom();
    }
}
