package io.tautwire.server.internal.log;

import io.tautwire.journal.file.Disk;
import io.tautwire.journal.file.DiskFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The snapshots in a journal's directory, {@code publishers-POSITION.snap} with the position in 16 hexadecimal digits:
 * so the newest is the last by name. Each is there whole or not at all. The newest two are kept, the older one for the
 * case that the newer cannot be read.
 */
public final class SnapshotFiles {
    private static final String PREFIX = "publishers-";
    private static final String SUFFIX = ".snap";
    private static final String UNFINISHED = "publishers.tmp";
    private static final int KEPT = 2;

    /** A snapshot that is longer is none: it could not be held in an array. */
    private static final long MAX_BYTES = Integer.MAX_VALUE - 64;

    private final Disk disk;
    private final Path directory;

    /** Of one directory, which is there. */
    public SnapshotFiles(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /** Names of those that are there, the oldest first. */
    public List<String> names() throws IOException {
        final List<String> names = new ArrayList<>();
        for (final String name : disk.list(directory)) {
            if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
                names.add(name);
            }
        }
        return names;
    }

    /** The bytes of one that {@link #names()} gave. */
    public byte[] read(String name) throws IOException {
        try (DiskFile file = disk.open(directory.resolve(name), false)) {
            final long size = file.size();
            if (size > MAX_BYTES) {
                throw new IOException("size=" + size + " is too long for a snapshot");
            }
            final ByteBuffer bytes = ByteBuffer.allocate((int) size);
            while (bytes.hasRemaining()) {
                if (file.read(bytes.position(), bytes) < 0) {
                    throw new EOFException("the file ends at " + bytes.position() + " of size=" + size);
                }
            }
            return bytes.array();
        }
    }

    /** The position that a name says, or the last there is if it says none. */
    public static long position(String name) {
        try {
            return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()), 16);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Deletes one; durable once the directory is forced. */
    public void delete(String name) throws IOException {
        disk.delete(directory.resolve(name));
    }

    /** Writes one; when this returns it survives a power cut. Older ones that nobody needs are deleted. */
    public void write(long position, byte[] bytes) throws IOException {
        final Path unfinished = directory.resolve(UNFINISHED);
        if (disk.list(directory).contains(UNFINISHED)) {
            disk.delete(unfinished);
        }
        try (DiskFile file = disk.create(unfinished)) {
            final ByteBuffer from = ByteBuffer.wrap(bytes);
            while (from.hasRemaining()) {
                final int at = from.position();
                if (file.write(at, from) <= 0) {
                    throw new IOException("no room for length=" + bytes.length + " bytes, written=" + at);
                }
            }
            file.force();
        }
        disk.rename(unfinished, directory.resolve(PREFIX + String.format("%016x", position) + SUFFIX));
        disk.forceDirectory(directory);
        final List<String> names = names();
        for (final String name : names.subList(0, Math.max(0, names.size() - KEPT))) {
            disk.delete(directory.resolve(name));
        }
    }
}
