package io.tautwire.system.sim;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;
import io.tautwire.journal.file.Disk;
import io.tautwire.journal.file.FileJournal;
import io.tautwire.journal.file.FileJournalConfig;
import io.tautwire.journal.file.SegmentMemory;
import io.tautwire.journal.file.StorageExecutors;
import io.tautwire.server.internal.broker.Broker;
import io.tautwire.server.internal.broker.BrokerConfig;
import io.tautwire.server.internal.broker.TransactionLog;
import io.tautwire.server.internal.broker.publisher.PublisherRecovery;
import io.tautwire.server.internal.log.SnapshotFiles;
import java.io.IOException;
import java.util.concurrent.Executor;

/** The real journal on files, on the simulated disk, with threads of virtual time: as the server's shell opens it. */
final class FileKeeping implements Keeping {
    private static final long IDLE_NS = 20_000_000;

    private final Life life;
    private final SnapshotFiles snapshots;
    private final Executor writer;
    private final Executor force;
    private final Executor loop;
    private final Shape shape;
    private final FileJournal files;
    private final PublisherRecovery.Result publishers;
    private Broker broker;

    /**
     * Opens what is there.
     *
     * @throws TautwireException as of the product.
     */
    FileKeeping(SimWorld world, Life life, Chance chance, BrokerConfig config) {
        this.life = life;
        this.shape = world.shape();
        final Disk disk = world.parts().serverDisk(world.disk().faulty());
        this.snapshots = new SnapshotFiles(disk, ServerDisk.DATA);
        this.writer = life.thread(chance, 2_000_000);
        this.force = life.thread(chance, world.shape().forceNs());
        this.loop = life.thread(chance, 20_000);
        final PublisherRecovery recovery = new PublisherRecovery(config::newPublishers);
        this.files = FileJournal.open(
                FileJournalConfig.server(ServerDisk.DATA, chance.next())
                        .segmentLength(shape.segmentLength())
                        .memory(shape.level() == AckLevel.SYNCED ? SegmentMemory.DIRECT : SegmentMemory.MAPPED)
                        .disk(disk)
                        .nanoClock(world.time()::nowNs)
                        .onIdentity(identity -> addSnapshots(identity.journalId(), recovery))
                        .visitor(world.parts().recoveryVisitor(recovery)),
                new StorageExecutors(
                        life.thread(chance, 500_000),
                        life.thread(chance, 100_000),
                        force,
                        life.thread(chance, 500_000),
                        this::complete));
        this.publishers =
                recovery.conclude(files.recovered().head(), files.recovered().tail());
        idle();
    }

    @Override
    public Journal journal() {
        return files.journal();
    }

    @Override
    public TransactionLog log() {
        return new TransactionLog(
                publishers.table(),
                publishers.snapshotPosition(),
                publishers.lastTimestamp(),
                this::write,
                shape.retention());
    }

    @Override
    public void begin(Broker told) {
        broker = told;
        loop.execute(told::onJournalProgress);
    }

    @Override
    public long firstPosition() {
        return files.recovered().firstSegment();
    }

    @Override
    public void close() {
        files.close();
    }

    private void complete(Runnable completion) {
        loop.execute(() -> {
            completion.run();
            if (broker != null) {
                broker.onJournalProgress();
            }
        });
    }

    private void write(long position, byte[] bytes) {
        writer.execute(() -> {
            try {
                snapshots.write(position, bytes);
                loop.execute(() -> broker.onSnapshotWritten(position));
            } catch (IOException e) {
                loop.execute(() -> broker.onSnapshotFailed(e));
            }
        });
    }

    private void addSnapshots(long journalId, PublisherRecovery recovery) {
        try {
            for (final String name : snapshots.names()) {
                recovery.addSnapshot(snapshots.read(name), journalId);
            }
        } catch (IOException e) {
            throw new TautwireException(Code.JOURNAL_FAILED, "snapshots cannot be read", e);
        }
    }

    private void idle() {
        life.after(IDLE_NS, this::idle);
        force.execute(files::onIdle);
    }
}
