package io.tautwire.journal.file;

import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Who carries out what a storage is asked for. Each runs its tasks one at a time and in order, whenever it likes; two
 * may be the same. The tasks of the first four wait for the disk.
 *
 * @param prepare     makes segments ready, and gives them up.
 * @param write       writes what is appended, where its memory is not the file's.
 * @param force       forces it; may take its time where segments are mapped, to force more at once.
 * @param read        brings cold segments back.
 * @param completions tells the journal how requests ended. Of {@link SegmentMemory#MAPPED} segments writing completes
 *                    at once, on the thread that asks.
 */
public record StorageExecutors(Executor prepare, Executor write, Executor force, Executor read, Executor completions) {
    /** Checks that there are all. */
    public StorageExecutors {
        Objects.requireNonNull(prepare, "prepare");
        Objects.requireNonNull(write, "write");
        Objects.requireNonNull(force, "force");
        Objects.requireNonNull(read, "read");
        Objects.requireNonNull(completions, "completions");
    }
}
