package io.tautwire.journal.file;

import static io.tautwire.codec.sbe.Code.JOURNAL_FAILED;

import io.tautwire.TautwireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** The directory of a journal: its files by name, and how they are read and replaced as a whole. */
final class JournalDirectory {
    static final String LOCK_NAME = "lock";

    /** What the name of a file ends in that is not whole yet. */
    static final String UNFINISHED = ".tmp";

    private final Disk disk;
    private final Path path;

    JournalDirectory(Disk disk, Path path) {
        this.disk = Objects.requireNonNull(disk, "disk");
        this.path = Objects.requireNonNull(path, "path");
    }

    Disk disk() {
        return disk;
    }

    Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    Path segment(long position) {
        return path.resolve(SegmentDescriptor.fileName(position));
    }

    boolean holds(String name) throws IOException {
        return disk.list(path).contains(name);
    }

    /** Positions of the segments that are there, rising. */
    long[] segments() throws IOException {
        return disk.list(path).stream()
                .mapToLong(SegmentDescriptor::position)
                .filter(position -> position >= 0)
                .sorted()
                .toArray();
    }

    /** A small file's bytes. */
    ByteBuffer read(String name, int maxLength) throws IOException {
        try (DiskFile file = disk.open(file(name), false)) {
            final long size = file.size();
            if (size > maxLength) {
                throw FormatPrologue.corrupt("file=" + file(name) + " size=" + size + " is more than " + maxLength);
            }
            final ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
            readFully(file, 0, bytes);
            bytes.rewind();
            return bytes;
        }
    }

    /** Puts a file there, whole or not at all, and makes it durable. */
    void replace(String name, ByteBuffer... parts) throws IOException {
        final Path unfinished = file(name + UNFINISHED);
        deleteIfThere(unfinished);
        try (DiskFile file = disk.create(unfinished)) {
            long position = 0;
            for (final ByteBuffer part : parts) {
                position += part.remaining();
                writeFully(file, position - part.remaining(), part);
            }
            file.force();
        }
        disk.rename(unfinished, file(name));
        disk.forceDirectory(path);
    }

    /** Deletes a segment, durably. */
    void deleteSegment(long position) throws IOException {
        disk.delete(segment(position));
        // Each before the next: so that a power cut never leaves a gap between segments.
        disk.forceDirectory(path);
    }

    void deleteIfThere(Path file) throws IOException {
        try {
            disk.delete(file);
        } catch (NoSuchFileException e) {
            // as it should be
        }
    }

    /** Fills what remains of a buffer. */
    static void readFully(DiskFile file, long position, ByteBuffer to) throws IOException {
        final int start = to.position();
        while (to.hasRemaining()) {
            if (file.read(position + to.position() - start, to) < 0) {
                throw new IOException("file=" + file + " ends before position=" + (position + to.limit() - start));
            }
        }
    }

    /**
     * Writes what remains of a buffer.
     *
     * @throws IOException also if only a part could be written.
     */
    static void writeFully(DiskFile file, long position, ByteBuffer from) throws IOException {
        final int length = from.remaining();
        final int written = file.write(position, from);
        if (written != length) {
            throw new IOException("short write: file=" + file + " position=" + position + " length=" + length
                    + " written=" + written);
        }
    }

    /** What a failed access becomes while a journal is opened or closed. */
    TautwireException failed(IOException cause) {
        return new TautwireException(
                JOURNAL_FAILED,
                "directory=" + path + " cannot be read or written: " + cause + "; see that the disk has room, and that"
                        + " this user may write there",
                cause);
    }
}
