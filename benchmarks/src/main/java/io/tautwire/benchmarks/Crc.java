package io.tautwire.benchmarks;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** Baseline: the JDK's CRC32C alone. */
final class Crc {
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer bytes;

    Crc(UnsafeBuffer over) {
        bytes = over.byteBuffer().duplicate();
    }

    long of(int offset, int length) {
        crc.reset();
        bytes.limit(offset + length).position(offset);
        crc.update(bytes);
        return crc.getValue();
    }
}
