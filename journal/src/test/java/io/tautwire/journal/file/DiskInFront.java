package io.tautwire.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Another disk, as it is: for disks that differ from it in what becomes of changes. */
abstract class DiskInFront implements Disk {
    private final Disk disk;

    DiskInFront(Disk disk) {
        this.disk = disk;
    }

    /** Called before anything is created, renamed, deleted, written or forced. */
    void change() throws IOException {}

    /** Forces something. */
    void force(Forcing forcing) throws IOException {
        change();
        forcing.run();
    }

    /** Writes to a file; as {@link DiskFile#write}. */
    int write(DiskFile file, long position, ByteBuffer from) throws IOException {
        change();
        return file.write(position, from);
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        change();
        return new InFront(disk.create(file));
    }

    @Override
    public DiskFile open(Path file, boolean isWritable) throws IOException {
        return new InFront(disk.open(file, isWritable));
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
        change();
        disk.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        change();
        disk.delete(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        force(() -> disk.forceDirectory(directory));
    }

    @Override
    public DiskLock lock(Path file, String holder) throws IOException {
        return disk.lock(file, holder);
    }

    @Override
    public String bootId() {
        return disk.bootId();
    }

    /** What forces. */
    interface Forcing {
        void run() throws IOException;
    }

    private final class InFront implements DiskFile {
        private final DiskFile file;

        InFront(DiskFile file) {
            this.file = file;
        }

        @Override
        public int read(long position, ByteBuffer to) throws IOException {
            return file.read(position, to);
        }

        @Override
        public int write(long position, ByteBuffer from) throws IOException {
            return DiskInFront.this.write(file, position, from);
        }

        @Override
        public void force() throws IOException {
            DiskInFront.this.force(file::force);
        }

        @Override
        public DiskMapping map(long position, int length, boolean isWritable) throws IOException {
            return new MappingInFront(file.map(position, length, isWritable));
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

    private final class MappingInFront implements DiskMapping {
        private final DiskMapping mapping;

        MappingInFront(DiskMapping mapping) {
            this.mapping = mapping;
        }

        @Override
        public UnsafeBuffer buffer() {
            return mapping.buffer();
        }

        @Override
        public void load() {
            mapping.load();
        }

        @Override
        public void force(int offset, int length) throws IOException {
            DiskInFront.this.force(() -> mapping.force(offset, length));
        }

        @Override
        public void unmap() {
            mapping.unmap();
        }
    }
}
