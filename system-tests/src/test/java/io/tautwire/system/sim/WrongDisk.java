package io.tautwire.system.sim;

import io.tautwire.journal.file.Disk;
import io.tautwire.journal.file.DiskFile;
import io.tautwire.journal.file.DiskLock;
import io.tautwire.journal.file.DiskMapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** A disk as it should be; planted bugs get one thing of it wrong. */
class WrongDisk implements Disk {
    private final Disk disk;

    WrongDisk(Disk disk) {
        this.disk = disk;
    }

    /** A segment that was opened; {@code isNew} if it was created. */
    DiskFile segment(DiskFile file, boolean isNew) {
        return file;
    }

    @Override
    public final DiskFile create(Path file) throws IOException {
        return isSegment(file) ? segment(disk.create(file), true) : disk.create(file);
    }

    @Override
    public final DiskFile open(Path file, boolean isWritable) throws IOException {
        final DiskFile opened = disk.open(file, isWritable);
        return isSegment(file) ? segment(opened, false) : opened;
    }

    @Override
    public final List<String> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public final void createDirectory(Path directory) throws IOException {
        disk.createDirectory(directory);
    }

    @Override
    public final void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public final void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        disk.forceDirectory(directory);
    }

    @Override
    public final DiskLock lock(Path file, String holder) throws IOException {
        return disk.lock(file, holder);
    }

    @Override
    public final String bootId() {
        return disk.bootId();
    }

    private static boolean isSegment(Path file) {
        return file.toString().contains(".seg");
    }

    /** A file as it should be. */
    static class WrongFile implements DiskFile {
        private final DiskFile file;

        WrongFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public final int read(long position, ByteBuffer to) throws IOException {
            return file.read(position, to);
        }

        @Override
        public int write(long position, ByteBuffer from) throws IOException {
            return file.write(position, from);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public DiskMapping map(long position, int length, boolean isWritable) throws IOException {
            return file.map(position, length, isWritable);
        }

        @Override
        public final long size() throws IOException {
            return file.size();
        }

        @Override
        public final void close() throws IOException {
            file.close();
        }
    }
}
