package io.tautwire.system.sim;

import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.transport.wire.WireHandler;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Stands before one end of a connection, and changes or drops whole frames that come to it: one fault, planted. */
abstract class FrameFilter implements WireHandler {
    private final WireHandler handler;
    private final FrameChecksum checksum = new FrameChecksum();

    FrameFilter(WireHandler handler) {
        this.handler = handler;
    }

    /**
     * A frame is about to be given on; it is sealed again when it was changed.
     *
     * @param offset of the frame's first byte.
     * @return whether it is given on.
     */
    abstract boolean pass(int templateId, MutableDirectBuffer buffer, int offset);

    @Override
    public final int onBytes(DirectBuffer buffer, int offset, int length) {
        final MutableDirectBuffer bytes = (MutableDirectBuffer) buffer;
        int at = offset;
        int left = length;
        while (left >= FrameDescriptor.MIN_LENGTH) {
            final int frame = FrameDescriptor.length(bytes, at);
            final int aligned = FrameDescriptor.aligned(frame);
            if (aligned > left) {
                break;
            }
            if (pass(FrameDescriptor.templateId(bytes, at), bytes, at)) {
                checksum.sealContent(bytes, at, frame);
                if (handler.onBytes(bytes, at, aligned) < aligned) {
                    break;
                }
            }
            at += aligned;
            left -= aligned;
        }
        return at - offset;
    }

    @Override
    public final int requiredBytes() {
        return 0;
    }

    @Override
    public final void onBatchEnd() {
        handler.onBatchEnd();
    }

    @Override
    public final void onWritten(int lengthBytes) {
        handler.onWritten(lengthBytes);
    }

    @Override
    public void onClosed(Throwable cause) {
        handler.onClosed(cause);
    }
}
