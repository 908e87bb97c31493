package io.tautwire.system.sim;

import static io.tautwire.codec.FrameDescriptor.MIN_LENGTH;
import static io.tautwire.codec.FrameDescriptor.aligned;

import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessageView;
import io.tautwire.codec.sbe.AckLevel;
import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.journal.file.FaultyDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The server's disk, read by somebody who knows the format of segments (docs/journal-format.md) and nothing else of the
 * product: what is kept there, really.
 */
final class ServerDisk {
    static final Path DATA = Path.of("/server/data");

    private static final int HEADER_LENGTH = 4096;

    private final FaultyDisk disk;
    private final int segmentLength;
    private final FrameChecksum checksum = new FrameChecksum();
    private final MessageView message = new MessageView();

    ServerDisk(FaultyDisk disk, int segmentLength) {
        this.disk = disk;
        this.segmentLength = segmentLength;
    }

    FaultyDisk faulty() {
        return disk;
    }

    /** Whether a message is kept as an ack level says. */
    boolean keeps(Entry entry, AckLevel level) {
        final int length = (int) (entry.end() - entry.position());
        final byte[] bytes = disk.current(file(entry.position()), inFile(entry.position()), length);
        if (bytes == null || bytes.length < length || !entry.equals(read(bytes, entry.position()))) {
            return false;
        }
        return level == AckLevel.WRITTEN || disk.isDurable(file(entry.position()), inFile(entry.position()), length);
    }

    /** All messages from a position to another one; stops at what is no frame. */
    List<Entry> read(long from, long to) {
        final List<Entry> found = new ArrayList<>();
        long position = from;
        while (position < to) {
            final int left = (int) Math.min(segmentLength - position % segmentLength, to - position);
            final byte[] bytes = disk.current(file(position), inFile(position), left);
            if (bytes == null || bytes.length < left) {
                break;
            }
            position += left;
            collect(bytes, position - left, found);
        }
        return found;
    }

    private void collect(byte[] bytes, long base, List<Entry> to) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        for (int at = 0; at + MIN_LENGTH <= bytes.length; ) {
            final int length = FrameDescriptor.length(buffer, at);
            if (length < MIN_LENGTH || at + length > bytes.length) {
                return;
            }
            if (FrameDescriptor.templateId(buffer, at) == MessageDecoder.TEMPLATE_ID) {
                to.add(Entry.of(message, buffer, at, base + at));
            }
            at += aligned(length);
        }
    }

    /** The whole message that these bytes are; null if they are none of this position. */
    private Entry read(byte[] bytes, long position) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final int length = FrameDescriptor.length(buffer, 0);
        final boolean isWhole = length >= MIN_LENGTH
                && aligned(length) == bytes.length
                && FrameDescriptor.templateId(buffer, 0) == MessageDecoder.TEMPLATE_ID
                && FrameDescriptor.position(buffer, 0) == position
                && checksum.isStampIntact(buffer, 0)
                && checksum.isContentIntact(buffer, 0, length);
        return isWhole ? Entry.of(message, buffer, 0, position) : null;
    }

    private long inFile(long position) {
        return HEADER_LENGTH + position % segmentLength;
    }

    private Path file(long position) {
        return DATA.resolve(String.format("%016x.seg", position - position % segmentLength));
    }
}
