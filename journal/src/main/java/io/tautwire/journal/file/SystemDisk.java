package io.tautwire.journal.file;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The machine's own files, by the JDK. */
final class SystemDisk implements Disk {
    static final SystemDisk INSTANCE = new SystemDisk();

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private SystemDisk() {}

    @Override
    public DiskFile create(Path file) throws IOException {
        return new SystemFile(file, FileChannel.open(file, CREATE_NEW, READ, WRITE));
    }

    @Override
    public DiskFile open(Path file, boolean isWritable) throws IOException {
        return new SystemFile(file, isWritable ? FileChannel.open(file, READ, WRITE) : FileChannel.open(file, READ));
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            return found.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        final Path whole = directory.toAbsolutePath();
        if (Files.isDirectory(whole)) {
            return;
        }
        final Path parent = whole.getParent();
        if (parent != null) {
            createDirectory(parent);
        }
        Files.createDirectories(whole);
        if (parent != null) {
            forceDirectory(parent);
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, ATOMIC_MOVE);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.delete(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    @Override
    public DiskLock lock(Path file, String holder) throws IOException {
        return SystemLock.take(file, holder);
    }

    @Override
    public DiskLock lockToRead(Path file) throws IOException {
        return SystemLock.share(file);
    }

    @Override
    public String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException | RuntimeException e) {
            return ""; // not on this system, or not for us to read: counts as restarted
        }
    }
}
