package io.tautwire.journal.file;

import io.tautwire.TautwireException;
import io.tautwire.journal.Journal;
import io.tautwire.journal.recovery.Recovered;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A journal in a directory, from opening to closing: recovers what is there, runs the threads that write, force,
 * prepare and read, and holds the lock that keeps others out.
 *
 * <p>Threads: opening and closing to one, or several one after the other; for the journal see {@link Journal}.
 */
public final class FileJournal implements AutoCloseable {
    private final JournalDirectory directory;
    private final FileJournalParts parts;
    private boolean isClosed;

    FileJournal(JournalDirectory directory, FileJournalParts parts) {
        this.directory = directory;
        this.parts = parts;
    }

    /**
     * Opens the journal in a directory, and creates it if there is none. Reads all that is there; when it returns, what
     * was recovered is durable, and what was torn is cut.
     *
     * @throws TautwireException JOURNAL_IN_USE if somebody has it open, in this process or another; STORE_MISMATCH if
     *                           it is another client's store; CONFIGURATION_INVALID if it is not of this kind;
     *                           VERSION_UNSUPPORTED if a later version wrote it; JOURNAL_CORRUPT, saying where, if
     *                           anything is lost or changed; JOURNAL_FAILED if the disk cannot be read or written.
     */
    public static FileJournal open(FileJournalConfig config) {
        config.conclude();
        final JournalThreads threads =
                new JournalThreads(config.threadPrefix(), config.memory(), config.isForceAwaited());
        try {
            return new FileJournalOpening(config, threads.executors(config.completions()), threads).open();
        } catch (RuntimeException | Error e) {
            threads.stop();
            throw e;
        }
    }

    /**
     * As {@link #open(FileJournalConfig)}, with somebody else's threads, or none: for tests that step it. Nothing of it
     * runs any more when {@link #close} is called, and somebody calls {@link #onIdle} from time to time.
     */
    public static FileJournal open(FileJournalConfig config, StorageExecutors executors) {
        config.conclude();
        return new FileJournalOpening(config, executors, null).open();
    }

    /** The journal. */
    public Journal journal() {
        return parts.journal();
    }

    /** What was found when it was opened. */
    public Recovered recovered() {
        return parts.recovered();
    }

    /** What it is. */
    public JournalIdentity identity() {
        return parts.identity();
    }

    /** Whether the machine has not gone down since it was last open. */
    public boolean isSameBoot() {
        return parts.isSameBoot();
    }

    /** Where it is. */
    public Path directory() {
        return directory.path();
    }

    /** Records how far it is forced. Only needed with executors of one's own, on the thread that forces. */
    public void onIdle() {
        parts.storage().onIdle();
    }

    /**
     * Writes and forces everything appended, records that, and lets go of the directory. No claim is under way, and
     * nobody appends any more. Memory that somebody still reads stays readable. Takes as long as the disk takes.
     * Idempotent.
     *
     * @throws TautwireException JOURNAL_FAILED if anything could not be kept, now or before; the directory is let go
     *                           all the same, and the next open recovers it.
     */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        final boolean isWhole = !journal().isClaimed();
        final long tail = journal().tail();
        parts.stopThreads();
        try {
            if (isWhole) {
                parts.storage().finish(tail);
            }
        } catch (IOException e) {
            throw directory.failed(e);
        } finally {
            letGo();
        }
    }

    /**
     * Lets go of the directory as the death of the process would: forces and records nothing. For when what is on the
     * disk must not be touched any more. Idempotent, and nothing after {@link #close}.
     */
    public void abandon() {
        if (!isClosed) {
            isClosed = true;
            parts.stopThreads();
            letGo();
        }
    }

    private void letGo() {
        journal().close();
        parts.close();
    }
}
