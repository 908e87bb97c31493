package io.tautwire.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** A file of a {@link FaultyDisk} that a process has open. */
final class FaultyFile implements DiskFile {
    private final FaultyDisk disk;
    private final FaultyDisk.Process process;
    private final Path file;
    private final FaultyNode node;
    private final boolean isWritable;
    private boolean isClosed;

    FaultyFile(FaultyDisk disk, FaultyDisk.Process process, Path file, FaultyNode node, boolean isWritable) {
        this.disk = disk;
        this.process = process;
        this.file = file;
        this.node = node;
        this.isWritable = isWritable;
    }

    @Override
    public int read(long position, ByteBuffer to) throws IOException {
        synchronized (disk) {
            check();
            final byte[] bytes = node.read((int) position, to.remaining());
            to.put(bytes);
            return bytes.length == 0 && position >= node.size() ? -1 : bytes.length;
        }
    }

    @Override
    public int write(long position, ByteBuffer from) throws IOException {
        synchronized (disk) {
            check();
            if (!isWritable) {
                throw new NonWritableChannelException();
            }
            return disk.write(process, node, (int) position, from);
        }
    }

    @Override
    public void force() throws IOException {
        synchronized (disk) {
            check();
            disk.force(process, node);
        }
    }

    @Override
    public DiskMapping map(long position, int length, boolean mayWrite) throws IOException {
        synchronized (disk) {
            check();
            disk.checkMap();
            if (position % 4096 != 0 || position + length > node.size() || mayWrite && !isWritable) {
                throw new IOException(file + " position=" + position + " length=" + length + " cannot be mapped");
            }
            return new Mapping(new UnsafeBuffer(node.map((int) position, length)), (int) position);
        }
    }

    @Override
    public long size() throws IOException {
        synchronized (disk) {
            check();
            return node.size();
        }
    }

    @Override
    public void close() {
        isClosed = true;
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private void check() throws IOException {
        disk.checkAlive(process);
        if (isClosed) {
            throw new ClosedChannelException();
        }
    }

    /** Shares the file's memory. */
    private final class Mapping implements DiskMapping {
        private final UnsafeBuffer buffer;
        private final int position;
        private volatile boolean isUnmapped;

        Mapping(UnsafeBuffer buffer, int position) {
            this.buffer = buffer;
            this.position = position;
        }

        @Override
        public UnsafeBuffer buffer() {
            checkMapped();
            return buffer;
        }

        @Override
        public void load() {
            checkMapped();
        }

        @Override
        public void force(int offset, int length) throws IOException {
            checkMapped();
            synchronized (disk) {
                disk.force(process, node, position + offset, length);
            }
        }

        @Override
        public void unmap() {
            isUnmapped = true;
        }

        private void checkMapped() {
            if (isUnmapped) {
                throw new IllegalStateException(file + " is no longer mapped there");
            }
        }
    }
}
