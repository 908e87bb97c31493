package io.tautwire.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a machine, as far as a journal needs them: the seam at which a test can stand in for the disk.
 *
 * <p>There are two kinds of surviving. What is written, or changed in a mapping, <b>survives the death of the
 * process</b> from then on. What is <b>durable</b> survives a power cut, and nothing is durable before it is forced:
 *
 * <ul>
 *   <li>A file's bytes: once {@link DiskFile#force}, for bytes changed in a mapping {@link DiskMapping#force},
 *       returned. Of bytes that are not forced any part may be kept, in any order.
 *   <li>A file's name (created, renamed, deleted): once {@link #forceDirectory} of its directory returned. Until then a
 *       power cut may leave the directory as it was, or any of the changes done. A name never leads to anything but the
 *       whole file that it was given to: renaming replaces at once or not at all.
 * </ul>
 *
 * <p>When a force fails nobody knows what is durable; forcing again does not help, and proves nothing when it succeeds.
 *
 * <p>Threads: any may call, also at the same time.
 */
public interface Disk {
    /** What holds a lock that was taken by {@link #lockToRead}. */
    String READER = "`tautwire journal` reads it";

    /** The machine's own files. */
    static Disk system() {
        return SystemDisk.INSTANCE;
    }

    /**
     * Creates an empty file, to be read and written.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one.
     * @throws IOException                              if that fails.
     */
    DiskFile create(Path file) throws IOException;

    /**
     * Opens a file that is there.
     *
     * @param isWritable whether it may be written, and mapped to be written; reading is always allowed.
     * @throws java.nio.file.NoSuchFileException if there is none.
     * @throws IOException                       if that fails.
     */
    DiskFile open(Path file, boolean isWritable) throws IOException;

    /**
     * Names of what lies in a directory, sorted.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such directory.
     * @throws IOException                       if that fails.
     */
    List<String> list(Path directory) throws IOException;

    /** Makes a directory and what is missing above it durable, and does nothing if it is there. */
    void createDirectory(Path directory) throws IOException;

    /** Renames a file within its directory; what had the new name before is replaced, at once or not at all. */
    void rename(Path from, Path to) throws IOException;

    /**
     * Deletes a file. Who has it open or mapped keeps it until they close and unmap it.
     *
     * @throws java.nio.file.NoSuchFileException if there is none.
     * @throws IOException                       if that fails.
     */
    void delete(Path file) throws IOException;

    /** Makes all names created, renamed or deleted in a directory so far durable. */
    void forceDirectory(Path directory) throws IOException;

    /**
     * Takes a lock, which keeps out others on the same machine, this process included, until it is closed or the
     * process dies. The file is created if need be, and stays.
     *
     * @param holder one line that says who holds it, for others to read.
     * @throws DiskLockedException if somebody holds it.
     * @throws IOException         if that fails.
     */
    DiskLock lock(Path file, String holder) throws IOException;

    /**
     * As {@link #lock}, for somebody who only reads: changes nothing, and takes nothing if the file is not there.
     *
     * @throws DiskLockedException if somebody holds it.
     * @throws IOException         if that fails.
     */
    default DiskLock lockToRead(Path file) throws IOException {
        return lock(file, READER);
    }

    /**
     * Names the time since the machine was started: what is the same in two processes only if it was not restarted in
     * between. Empty where the machine does not tell, which counts as restarted.
     */
    String bootId();
}
