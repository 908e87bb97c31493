package io.tautwire.system.sim;

import io.tautwire.client.internal.OpenStore;
import io.tautwire.client.internal.StoreFile;
import io.tautwire.client.internal.StoreKeeping;
import io.tautwire.client.internal.StoreLimits;
import io.tautwire.journal.file.FaultyDisk;
import io.tautwire.journal.file.FileJournalConfig;
import io.tautwire.journal.file.StorageExecutors;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** The disk of a client's machine, with a publish store in files that survives the death of the process. */
final class ClientDisk {
    private static final Path STORE = Path.of("/client/store");
    private static final int SEGMENT_LENGTH = 1 << 16;
    private static final int SEGMENTS = 8;

    private final FaultyDisk disk;
    private Holder holder;

    ClientDisk(long seed) {
        disk = new FaultyDisk(seed);
    }

    /** Opens the store, or creates it; its files are worked on by threads of the process. */
    OpenStore open(SimWorld world, SimClient client, Life life, Chance chance) {
        final Opening opening = new Opening();
        final OpenStore store = StoreFile.open(
                FileJournalConfig.store(
                                STORE,
                                chance.next(),
                                client.name(),
                                world.parts().incarnation(client.name(), chance))
                        .segmentLength(SEGMENT_LENGTH)
                        .maxBytes((long) SEGMENTS * SEGMENT_LENGTH)
                        .disk(world.parts().clientDisk(disk))
                        .nanoClock(world.time()::nowNs),
                new StorageExecutors(
                        opening.then(life.thread(chance, 500_000)),
                        opening.then(life.thread(chance, 100_000)),
                        opening.then(life.thread(chance, 5_000_000)),
                        opening.then(life.thread(chance, 500_000)),
                        opening.then(life.thread(chance, 20_000))),
                StoreKeeping.WRITTEN,
                StoreLimits.ofJournal(Shape.MAX_FRAME),
                fault -> {
                    throw new Broken(Promise.NO_SURPRISE, client + " store: " + fault, fault);
                });
        opening.isOver = true;
        return store;
    }

    /** Who holds this store; all that it took must be there. */
    Holder holder(SimWorld world, String client, OpenStore store) {
        if (holder == null) {
            holder = world.ledger().open(client, store.incarnation());
        } else if (store.lastSequence() > store.origin().settled()) {
            world.sawStoreReopened();
        }
        final Holder held = holder;
        Broken.unless(
                store.incarnation() == held.incarnation() && store.lastSequence() == held.lastSequence(),
                Promise.STORED_IS_SENT,
                () -> client + " opened a store with lastSequence=" + store.lastSequence() + " where " + held
                        + " had published " + held.lastSequence());
        Broken.unless(
                store.origin().settled() == held.toldTo(),
                Promise.STORED_IS_SENT,
                () -> client + " opened a store settled to " + store.origin().settled() + " where " + held
                        + " was told of " + held.toldTo());
        return held;
    }

    void kill() {
        disk.kill();
    }

    /** Opening waits for the disk; afterwards nobody does. */
    private static final class Opening {
        private boolean isOver;

        Executor then(Executor later) {
            return task -> {
                if (isOver) {
                    later.execute(task);
                } else {
                    task.run();
                }
            };
        }
    }
}
