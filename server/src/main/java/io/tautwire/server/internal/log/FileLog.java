package io.tautwire.server.internal.log;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.Journal;
import io.tautwire.journal.file.FileJournal;
import io.tautwire.journal.file.FileJournalConfig;
import io.tautwire.journal.file.JournalIdentity;
import io.tautwire.journal.file.SegmentMemory;
import io.tautwire.journal.recovery.Recovered;
import io.tautwire.server.ServerRecovery;
import io.tautwire.server.internal.broker.Broker;
import io.tautwire.server.internal.broker.TransactionLog;
import io.tautwire.server.internal.broker.publisher.PublisherRecovery;
import io.tautwire.server.internal.broker.publisher.PublisherTable;
import io.tautwire.transport.TransportLoop;
import java.io.IOException;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction log on files. What its storage completes comes to the loop, as a step of the broker. To be opened
 * before the broker is made, and closed when the loop is.
 */
public final class FileLog implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger("io.tautwire.server");

    private final LogConfig config;
    private final TransportLoop loop;
    private final SnapshotFiles snapshots;
    private final SnapshotThread writer;
    private final FileJournal files;
    private final PublisherRecovery.Result publishers;

    /** Set once, before anything it is to hear of is asked for; read by the loop. */
    private volatile Broker broker;

    /**
     * Opens a log, and recovers what is there.
     *
     * @param newTable makes an empty table of publishers.
     * @throws TautwireException as {@link FileJournal#open}, and JOURNAL_CORRUPT where it is not known any more who has
     *                           published.
     */
    public FileLog(LogConfig config, TransportLoop loop, String threadPrefix, Supplier<PublisherTable> newTable) {
        this.config = config;
        this.loop = loop;
        this.snapshots = new SnapshotFiles(config.disk(), config.directory());
        final PublisherRecovery recovery = new PublisherRecovery(newTable);
        this.files = FileJournal.open(FileJournalConfig.server(config.directory(), config.newJournalId())
                .segmentLength(config.segmentLength())
                .memory(config.durability() == AckLevel.SYNCED ? SegmentMemory.DIRECT : SegmentMemory.MAPPED)
                .disk(config.disk())
                .threadPrefix(threadPrefix)
                .completions(this::complete)
                .onIdentity(identity -> addSnapshots(identity, recovery))
                .visitor(recovery));
        try {
            final Recovered recovered = files.recovered();
            this.publishers = recovery.conclude(recovered.head(), recovered.tail());
            this.writer = new SnapshotThread(snapshots, loop, threadPrefix + "-snapshot");
        } catch (RuntimeException | Error e) {
            files.abandon();
            throw e;
        }
    }

    /** The journal, with what was recovered. */
    public Journal journal() {
        return files.journal();
    }

    /** What the broker needs besides. */
    public TransactionLog transactionLog() {
        return new TransactionLog(
                publishers.table(),
                publishers.snapshotPosition(),
                publishers.lastTimestamp(),
                this::write,
                config.retention());
    }

    /** What was recovered, for people. */
    public ServerRecovery recovery() {
        final Recovered recovered = files.recovered();
        return new ServerRecovery(
                config.directory(),
                recovered.head(),
                recovered.tail(),
                recovered.frames(),
                publishers.table().size(),
                recovered.isClean(),
                files.journal().epoch());
    }

    /** From now on this broker hears of what the storage has completed. */
    public void begin(Broker told) {
        broker = told;
        loop.execute(told::onJournalProgress);
    }

    /**
     * Forces what was appended, and closes the files in order. When the loop has ended.
     *
     * @throws TautwireException JOURNAL_FAILED if not everything could be kept.
     */
    @Override
    public void close() {
        CloseHelper.quietClose(writer);
        files.close();
    }

    private void write(long position, byte[] bytes) {
        writer.write(position, bytes, broker::onSnapshotWritten, broker::onSnapshotFailed);
    }

    private void complete(Runnable completion) {
        try {
            loop.execute(() -> {
                completion.run();
                final Broker told = broker;
                if (told != null) {
                    told.onJournalProgress();
                }
            });
        } catch (TautwireException e) {
            LOGGER.debug("the journal's storage completed something after the server closed", e);
        }
    }

    private void addSnapshots(JournalIdentity identity, PublisherRecovery recovery) {
        try {
            for (final String name : snapshots.names()) {
                add(name, identity.journalId(), recovery);
            }
        } catch (IOException e) {
            throw new TautwireException(
                    Code.JOURNAL_FAILED, "directory=" + config.directory() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void add(String name, long journalId, PublisherRecovery recovery) {
        try {
            recovery.addSnapshot(snapshots.read(name), journalId);
        } catch (TautwireException | IOException e) {
            LOGGER.warn("directory={} file={} is left out: {}", config.directory(), name, e.getMessage());
        }
    }
}
