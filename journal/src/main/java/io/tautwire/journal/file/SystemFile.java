package io.tautwire.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/** A file by the JDK. Forcing is fdatasync. */
final class SystemFile implements DiskFile {
    private final Path file;
    private final FileChannel channel;

    SystemFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    @Override
    public int read(long position, ByteBuffer to) throws IOException {
        return channel.read(to, position);
    }

    @Override
    public int write(long position, ByteBuffer from) throws IOException {
        return channel.write(from, position);
    }

    @Override
    public void force() throws IOException {
        channel.force(false);
    }

    @Override
    public DiskMapping map(long position, int length, boolean isWritable) throws IOException {
        if (position + length > channel.size()) {
            // The JDK would extend the file, with a hole that a full disk answers by a signal when it is written to.
            throw new IOException("file=" + file + " size=" + channel.size() + " has no bytes at position=" + position
                    + " length=" + length + " to map");
        }
        final MapMode mode = isWritable ? MapMode.READ_WRITE : MapMode.READ_ONLY;
        return new SystemMapping(channel.map(mode, position, length));
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
