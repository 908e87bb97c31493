package io.tautwire.journal.recovery;

import static io.tautwire.codec.FrameDescriptor.BLOCK_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.sbe.MessageDecoder;
import io.tautwire.codec.sbe.SkipDecoder;
import org.agrona.DirectBuffer;

/** Messages and skips of one incarnation; both have incarnation and sequence at the same place. */
final class CommandFrames implements FrameRule {
    private static final int INCARNATION_OFFSET = BLOCK_OFFSET + MessageDecoder.incarnationEncodingOffset();
    private static final int SEQUENCE_OFFSET = BLOCK_OFFSET + MessageDecoder.sequenceEncodingOffset();
    private static final int END_OFFSET = SEQUENCE_OFFSET + Long.BYTES;

    private final long incarnation;
    private long lastSequence;

    CommandFrames(long incarnation) {
        this.incarnation = incarnation;
    }

    @Override
    public boolean take(long position, DirectBuffer buffer, int offset, int length) {
        if (!isLater(position, buffer, offset, length)) {
            return false;
        }
        final long sequence = sequence(buffer, offset);
        if (lastSequence != 0 && sequence != lastSequence + 1) {
            return false;
        }
        lastSequence = sequence;
        return true;
    }

    @Override
    public boolean isLater(long position, DirectBuffer buffer, int offset, int length) {
        return length >= END_OFFSET
                && isCommand(FrameDescriptor.templateId(buffer, offset))
                && buffer.getLong(offset + INCARNATION_OFFSET, LITTLE_ENDIAN) == incarnation
                && sequence(buffer, offset) > lastSequence;
    }

    private static boolean isCommand(int templateId) {
        return templateId == MessageDecoder.TEMPLATE_ID || templateId == SkipDecoder.TEMPLATE_ID;
    }

    private static long sequence(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }
}
