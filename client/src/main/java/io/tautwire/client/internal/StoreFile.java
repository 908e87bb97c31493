package io.tautwire.client.internal;

import io.tautwire.TautwireException;
import io.tautwire.client.internal.core.StoreOrigin;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.Code;
import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.journal.Journal;
import io.tautwire.journal.JournalCursor;
import io.tautwire.journal.file.FileJournal;
import io.tautwire.journal.file.FileJournalConfig;
import io.tautwire.journal.file.StorageExecutors;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.agrona.DirectBuffer;

/** Opens publish stores that lie in files. */
public final class StoreFile {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final StoreSignal signal;
    private long lastSequence;

    private StoreFile(StoreSignal signal) {
        this.signal = signal;
    }

    /**
     * Opens the store in a directory, or creates it. All commands in it are verified before anything is sent.
     *
     * @param segmentLength of one that is created.
     * @param maxBytes      most that its files may take.
     * @param keeping       WRITTEN or SYNCED.
     * @param faults        told of what goes wrong on the store's own threads.
     * @throws TautwireException JOURNAL_IN_USE, STORE_MISMATCH, STORE_BEHIND, JOURNAL_CORRUPT, JOURNAL_FAILED,
     *                           VERSION_UNSUPPORTED, CONFIGURATION_INVALID.
     */
    public static OpenStore open(
            Path directory,
            String clientName,
            int segmentLength,
            long maxBytes,
            StoreKeeping keeping,
            StoreLimits limits,
            StoreSignal.Faults faults) {
        final StoreSignal signal = new StoreSignal(faults);
        final StoreFile opening = new StoreFile(signal);
        final FileJournalConfig config = FileJournalConfig.store(directory, randomId(), clientName, randomId())
                .segmentLength(segmentLength)
                .maxBytes(maxBytes)
                .forceAwaited(keeping == StoreKeeping.SYNCED)
                .completions(signal)
                .threadPrefix("tautwire-client-" + clientName)
                .visitor(opening::onFrame);
        return opening.open(FileJournal.open(config), keeping, limits);
    }

    /**
     * As the other, with a configuration and executors of one's own: for tests that step it. Until this returns the
     * executors must run what they are given on other threads, or at once.
     *
     * @param config of a store.
     */
    public static OpenStore open(
            FileJournalConfig config,
            StorageExecutors executors,
            StoreKeeping keeping,
            StoreLimits limits,
            StoreSignal.Faults faults) {
        final StoreSignal signal = new StoreSignal(faults);
        final StorageExecutors signalling = new StorageExecutors(
                executors.prepare(), executors.write(), executors.force(), executors.read(), completion -> executors
                        .completions()
                        .execute(() -> signal.execute(completion)));
        final StoreFile opening = new StoreFile(signal);
        return opening.open(FileJournal.open(config.visitor(opening::onFrame), signalling), keeping, limits);
    }

    /** Random, for it is all that keeps two lives of one client name apart; never zero, which stands for none. */
    public static long randomId() {
        long id = 0;
        while (id == 0) {
            id = RANDOM.nextLong();
        }
        return id;
    }

    private OpenStore open(FileJournal file, StoreKeeping keeping, StoreLimits limits) {
        try {
            final Journal journal = file.journal();
            warm(journal);
            final StoreOrigin origin = origin(file);
            final OpenStore store = new OpenStore(journal, file.identity().incarnation(), origin, keeping, limits);
            store.closer(file::close);
            signal.serve(store);
            return store;
        } catch (RuntimeException | Error e) {
            file.abandon();
            throw e;
        }
    }

    private void onFrame(long position, DirectBuffer buffer, int offset, int length, int templateId) {
        lastSequence = sequenceOf(buffer, offset);
    }

    /** What was there before is read once; from then on nobody who sends or acknowledges has to wait for the disk. */
    private void warm(Journal journal) {
        final JournalCursor cursor = journal.cursor(journal.head());
        int range = cursor.range(Integer.MAX_VALUE);
        while (range != 0) {
            if (range == JournalCursor.RANGE_COLD) {
                signal.awaitProgress(journal);
            } else {
                cursor.skip(range);
            }
            range = cursor.range(Integer.MAX_VALUE);
        }
    }

    /** The journal keeps its last frame though it is settled, so that the sequences are never forgotten. */
    private StoreOrigin origin(FileJournal file) {
        final Journal journal = file.journal();
        final long head = journal.head();
        if (lastSequence == 0 && head > 0) {
            throw lost(file);
        }
        final JournalCursor cursor = journal.cursor(head);
        final boolean isEmpty = cursor.poll() != JournalCursor.FRAME;
        final long settled = isEmpty ? lastSequence : sequenceOf(cursor.buffer(), cursor.offset()) - 1;
        return new StoreOrigin(settled, lastSequence + 1, isEmpty ? journal.tail() : head, true);
    }

    private static TautwireException lost(FileJournal file) {
        return new TautwireException(
                Code.STORE_BEHIND,
                "directory=" + file.directory() + " has lost its commands, and with them how far their sequences had"
                        + " come: the machine went down before they were on disk. Remove the directory, to begin with"
                        + " another store");
    }

    private static long sequenceOf(DirectBuffer buffer, int offset) {
        return buffer.getLong(
                offset + FrameDescriptor.BLOCK_OFFSET + MessageDecoder.sequenceEncodingOffset(),
                MessageDecoder.BYTE_ORDER);
    }
}
