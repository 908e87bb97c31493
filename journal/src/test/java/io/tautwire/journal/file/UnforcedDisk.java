package io.tautwire.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** The machine's own files, never forced: for tests that make very many, and do not go down. */
final class UnforcedDisk implements Disk {
    private final Disk disk = Disk.system();
    private final String bootId;

    UnforcedDisk() {
        this(Disk.system().bootId());
    }

    /** On a machine that was restarted. */
    UnforcedDisk(String bootId) {
        this.bootId = bootId;
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        return new Unforced(disk.create(file));
    }

    @Override
    public DiskFile open(Path file, boolean isWritable) throws IOException {
        return new Unforced(disk.open(file, isWritable));
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        disk.createDirectory(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void forceDirectory(Path directory) {}

    @Override
    public DiskLock lock(Path file, String holder) throws IOException {
        return disk.lock(file, holder);
    }

    @Override
    public String bootId() {
        return bootId;
    }

    private record Unforced(DiskFile file) implements DiskFile {
        @Override
        public int read(long position, ByteBuffer to) throws IOException {
            return file.read(position, to);
        }

        @Override
        public int write(long position, ByteBuffer from) throws IOException {
            return file.write(position, from);
        }

        @Override
        public void force() {}

        @Override
        public DiskMapping map(long position, int length, boolean isWritable) throws IOException {
            return new UnforcedMapping(file.map(position, length, isWritable));
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private record UnforcedMapping(DiskMapping mapping) implements DiskMapping {
        @Override
        public UnsafeBuffer buffer() {
            return mapping.buffer();
        }

        @Override
        public void load() {
            mapping.load();
        }

        @Override
        public void force(int offset, int length) {}

        @Override
        public void unmap() {
            mapping.unmap();
        }
    }
}
