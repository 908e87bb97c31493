package io.tautwire.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A disk whose user dies when it has changed things so many times: a write is cut in the middle, the rest not done. */
final class DyingDisk implements Disk {
    private final Disk disk;
    private int left;

    DyingDisk(Disk disk, int changes) {
        this.disk = disk;
        this.left = changes;
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        change();
        return new Dying(disk.create(file));
    }

    @Override
    public DiskFile open(Path file, boolean isWritable) throws IOException {
        return new Dying(disk.open(file, isWritable));
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
        change();
        disk.forceDirectory(directory);
    }

    @Override
    public DiskLock lock(Path file, String holder) throws IOException {
        return disk.lock(file, holder);
    }

    @Override
    public String bootId() {
        return disk.bootId();
    }

    private void change() throws IOException {
        if (left == 0) {
            throw new IOException("dead");
        }
        left--;
    }

    private final class Dying implements DiskFile {
        private final DiskFile file;

        Dying(DiskFile file) {
            this.file = file;
        }

        @Override
        public int read(long position, ByteBuffer to) throws IOException {
            return file.read(position, to);
        }

        @Override
        public int write(long position, ByteBuffer from) throws IOException {
            if (left == 1) {
                final ByteBuffer half = from.duplicate();
                file.write(position, half.limit(half.position() + half.remaining() / 2));
                left = 0;
            }
            change();
            return file.write(position, from);
        }

        @Override
        public void force() throws IOException {
            change();
            file.force();
        }

        @Override
        public DiskMapping map(long position, int length, boolean isWritable) throws IOException {
            final DiskMapping mapping = file.map(position, length, isWritable);
            return new DiskMapping() {
                @Override
                public UnsafeBuffer buffer() {
                    return mapping.buffer();
                }

                @Override
                public void load() {
                    mapping.load();
                }

                @Override
                public void force(int offset, int bytes) throws IOException {
                    change();
                    mapping.force(offset, bytes);
                }

                @Override
                public void unmap() {
                    mapping.unmap();
                }
            };
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
}
