package io.tautwire.journal.file;

import static io.tautwire.codec.sbe.Code.CONFIGURATION_INVALID;
import static io.tautwire.codec.sbe.Code.JOURNAL_IN_USE;
import static io.tautwire.codec.sbe.Code.STORE_MISMATCH;

import io.tautwire.TautwireException;
import io.tautwire.journal.Epochs;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalConfig;
import io.tautwire.journal.WhenFull;
import io.tautwire.journal.recovery.FrameRule;
import io.tautwire.journal.recovery.Recovered;
import io.tautwire.journal.recovery.Recovery;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Opens a journal in files, step by step. The order matters: each step leaves the directory so that dying behind it is
 * as good as dying before it.
 *
 * <ol>
 *   <li>Lock.
 *   <li>Create what is missing: {@code journal.mark} first; with {@code journal.meta} the journal is there.
 *   <li>Read it all, and make it durable as it was found, cut where it was torn.
 *   <li>A new epoch in {@code journal.meta}, unless it was closed in order.
 *   <li>Record in {@code journal.mark} that it is open, on this boot. Only now may anything be appended.
 * </ol>
 */
final class FileJournalOpening {
    private final FileJournalConfig config;
    private final StorageExecutors executors;
    private final JournalThreads threads;
    private final JournalDirectory directory;

    FileJournalOpening(FileJournalConfig config, StorageExecutors executors, JournalThreads threads) {
        this.config = config;
        this.executors = executors;
        this.threads = threads;
        this.directory = new JournalDirectory(config.disk(), config.directory());
    }

    FileJournal open() {
        try {
            config.disk().createDirectory(directory.path());
            final DiskLock lock = lock(directory);
            try {
                return open(lock);
            } catch (IOException | RuntimeException | Error e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw directory.failed(e);
        }
    }

    static DiskLock lock(JournalDirectory directory) throws IOException {
        final ProcessHandle process = ProcessHandle.current();
        final String holder = "pid=" + process.pid() + " started="
                + process.info().startInstant().map(Object::toString).orElse("unknown") + " thread="
                + Thread.currentThread().getName();
        try {
            return directory.disk().lock(directory.file(JournalDirectory.LOCK_NAME), holder);
        } catch (DiskLockedException e) {
            throw inUse(directory, e);
        }
    }

    static TautwireException inUse(JournalDirectory directory, DiskLockedException cause) {
        return new TautwireException(
                JOURNAL_IN_USE,
                "directory=" + directory.path() + " is open: " + cause.holder()
                        + "; end that one first, or give this one a directory of its own",
                cause);
    }

    static FrameRule rule(JournalIdentity identity) {
        return identity.kind() == JournalKind.STORE ? FrameRule.commands(identity.incarnation()) : FrameRule.stamped();
    }

    private FileJournal open(DiskLock lock) throws IOException {
        createIfMissing();
        final ByteBuffer meta = readMeta(directory);
        final JournalIdentity identity = MetaDescriptor.identity(meta);
        checkOwner(identity);
        config.onIdentity().accept(identity);
        final Mark found =
                Mark.read(directory, identity.journalId(), config.disk().bootId());
        final Recovered recovered = recover(identity, found);
        new RecoveredFiles(directory, identity, recovered).settle(found.synced());
        final Epochs epochs = epochs(identity, MetaDescriptor.epochs(meta), recovered);
        final MarkFile mark = MarkFile.open(directory, found, recovered.head());
        try {
            mark.recordTwice(recovered.tail(), false);
            return new FileJournal(directory, start(lock, identity, recovered, found, epochs, mark));
        } catch (IOException | RuntimeException | Error e) {
            mark.close();
            throw e;
        }
    }

    static ByteBuffer readMeta(JournalDirectory directory) throws IOException {
        final ByteBuffer meta = directory.read(MetaDescriptor.FILE_NAME, MetaDescriptor.MAX_LENGTH);
        MetaDescriptor.check(meta, "file=" + directory.file(MetaDescriptor.FILE_NAME));
        return meta;
    }

    /** Whether there is a journal; segments without the file that says what they are were one. */
    static boolean isThere(JournalDirectory directory) throws IOException {
        if (directory.holds(MetaDescriptor.FILE_NAME)) {
            return true;
        }
        final long[] segments = directory.segments();
        if (segments.length != 0) {
            throw FormatPrologue.corrupt("file=" + directory.file(MetaDescriptor.FILE_NAME) + " is missing, though "
                    + directory.segment(segments[0]).getFileName() + " is there");
        }
        return false;
    }

    private void createIfMissing() throws IOException {
        if (isThere(directory)) {
            return;
        }
        final JournalIdentity identity = config.newIdentity();
        MarkFile.create(directory, identity.journalId());
        directory.replace(MetaDescriptor.FILE_NAME, MetaDescriptor.encode(identity, Epochs.first(0)));
    }

    private void checkOwner(JournalIdentity found) {
        if (found.kind() != config.kind()) {
            throw new TautwireException(
                    CONFIGURATION_INVALID,
                    "directory=" + directory.path() + " holds a journal of kind=" + found.kind() + ", not "
                            + config.kind() + "; give another directory");
        }
        if (!found.clientName().equals(config.clientName())) {
            throw new TautwireException(
                    STORE_MISMATCH,
                    "directory=" + directory.path() + " is the publish store of clientName=" + found.clientName()
                            + ", not of clientName=" + config.clientName() + "; give each client a store of its own");
        }
    }

    private Recovered recover(JournalIdentity identity, Mark found) throws IOException {
        try (FileImage image = new FileImage(directory, identity, found)) {
            return Recovery.scan(image, rule(identity), config.visitor());
        }
    }

    private Epochs epochs(JournalIdentity identity, Epochs found, Recovered recovered) throws IOException {
        if (recovered.isClean() || identity.kind() != JournalKind.SERVER) {
            return found;
        }
        final Epochs epochs = found.with(found.current() + 1, recovered.tail());
        directory.replace(MetaDescriptor.FILE_NAME, MetaDescriptor.encode(identity, epochs));
        return epochs;
    }

    private FileJournalParts start(
            DiskLock lock, JournalIdentity identity, Recovered recovered, Mark found, Epochs epochs, MarkFile mark)
            throws IOException {
        final int there = (int) ((recovered.endSegment() - recovered.firstSegment()) / identity.segmentLength());
        final JournalConfig journalConfig = new JournalConfig(
                identity.journalId(),
                epochs.current(),
                identity.segmentLength(),
                config.maxSegments(identity, there),
                WhenFull.REFUSE);
        final FileStorage storage = new FileStorage(
                directory,
                identity,
                config.memory(),
                config.hotSegments(),
                executors,
                mark,
                config.nanoClock(),
                recovered.firstSegment(),
                recovered.tail());
        if (threads != null) {
            threads.onIdle(storage::onIdle);
        }
        final Journal journal = Journal.reopen(storage, journalConfig, epochs, recovered);
        final boolean isSameBoot = found.isSameBoot(config.disk().bootId());
        return new FileJournalParts(identity, recovered, isSameBoot, storage, journal, mark, lock, threads);
    }
}
