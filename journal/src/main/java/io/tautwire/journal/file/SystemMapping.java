package io.tautwire.journal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Memory mapped by the JDK. Forcing is msync. */
final class SystemMapping implements DiskMapping {
    private final MappedByteBuffer bytes;
    private final UnsafeBuffer buffer;
    private final AtomicBoolean isUnmapped = new AtomicBoolean();

    SystemMapping(MappedByteBuffer bytes) {
        this.bytes = bytes;
        this.buffer = new UnsafeBuffer(bytes);
    }

    @Override
    public UnsafeBuffer buffer() {
        return buffer;
    }

    @Override
    public void load() {
        bytes.load();
    }

    @Override
    public void force(int offset, int length) throws IOException {
        if (length == 0) {
            return; // the JDK would refuse the offset behind the last byte
        }
        try {
            bytes.force(offset, length);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void unmap() {
        if (isUnmapped.compareAndSet(false, true)) {
            BufferUtil.free(bytes);
        }
    }
}
