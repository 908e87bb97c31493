package io.tautwire.server;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.journal.file.Disk;
import io.tautwire.journal.recovery.FrameVisitor;
import io.tautwire.journal.recovery.Recovered;
import io.tautwire.server.internal.broker.publisher.PublisherRecovery;
import io.tautwire.server.internal.broker.publisher.PublisherTable;
import io.tautwire.server.internal.log.SnapshotFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The snapshots of who published what, beside a server's journal that is not open: whether a server would find its
 * publishers again. For one thread, and one reading of the journal.
 */
public final class PublisherSnapshots {
    private static final int MAX_PUBLISHERS = 10_000_000;

    private final Path directory;
    private final SnapshotFiles files;
    private final PublisherRecovery recovery;
    private final List<String> names;
    private final List<String> faults = new ArrayList<>();

    /**
     * Reads the snapshots.
     *
     * @param maxPosition those taken behind it are left out.
     * @throws TautwireException JOURNAL_FAILED if the directory cannot be read.
     */
    public PublisherSnapshots(Path directory, long journalId, long maxPosition) {
        this.directory = directory;
        this.files = new SnapshotFiles(Disk.system(), directory);
        // As many as any server may be configured to remember: one that remembers fewer finds them too.
        this.recovery = new PublisherRecovery(() -> new PublisherTable(MAX_PUBLISHERS, Long.MAX_VALUE));
        try {
            this.names = files.names();
        } catch (IOException e) {
            throw failed(e);
        }
        for (final String name : names) {
            if (SnapshotFiles.position(name) <= maxPosition) {
                add(name, journalId);
            }
        }
    }

    /** Names of all, the oldest first. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** What is wrong with snapshots that a server would leave out, a line each. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** What is to see the journal's frames. */
    public FrameVisitor visitor() {
        return recovery;
    }

    /**
     * Makes sure, once the frames were seen, that who published what follows from snapshots and frames.
     *
     * @throws TautwireException JOURNAL_CORRUPT if it does not; a server would not start.
     */
    public void check(Recovered recovered) {
        recovery.conclude(recovered.head(), recovered.tail());
    }

    /** How many were taken behind a position. */
    public int countBehind(long position) {
        return (int) names.stream()
                .filter(name -> SnapshotFiles.position(name) > position)
                .count();
    }

    /**
     * Deletes those taken behind a position, durably: once other frames lie there they would be wrong.
     *
     * @throws TautwireException JOURNAL_FAILED if that fails.
     */
    public void deleteBehind(long position) {
        try {
            for (final String name : names) {
                if (SnapshotFiles.position(name) > position) {
                    files.delete(name);
                }
            }
            Disk.system().forceDirectory(directory);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void add(String name, long journalId) {
        try {
            recovery.addSnapshot(files.read(name), journalId);
        } catch (TautwireException | IOException e) {
            faults.add("file=" + directory.resolve(name) + ": " + e.getMessage());
        }
    }

    private TautwireException failed(IOException cause) {
        return new TautwireException(
                Code.JOURNAL_FAILED, "directory=" + directory + " cannot be read or written: " + cause, cause);
    }
}
