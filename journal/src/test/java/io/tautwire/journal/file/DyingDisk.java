package io.tautwire.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A disk whose user dies when it has changed things so many times: a write is cut in the middle, the rest not done. */
final class DyingDisk extends DiskInFront {
    private int left;

    DyingDisk(Disk disk, int changes) {
        super(disk);
        this.left = changes;
    }

    @Override
    void change() throws IOException {
        if (left == 0) {
            throw new IOException("dead");
        }
        left--;
    }

    @Override
    int write(DiskFile file, long position, ByteBuffer from) throws IOException {
        if (left == 1) {
            final ByteBuffer half = from.duplicate();
            file.write(position, half.limit(half.position() + half.remaining() / 2));
            left = 0;
        }
        return super.write(file, position, from);
    }
}
