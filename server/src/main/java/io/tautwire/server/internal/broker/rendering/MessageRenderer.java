package io.tautwire.server.internal.broker.rendering;

import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessageView;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts messages with rendered bodies together, one at a time, for all sessions of a broker. The memory is taken when
 * the first session asks for it, and is all that rendering ever takes.
 */
public final class MessageRenderer {
    /**
     * No rendered frame is longer, and no longer one is looked at: it bounds the time that one message keeps all
     * others waiting, to about a millisecond. Who reads more than that reads it with a tool.
     */
    public static final int MAX_FRAME = 256 * 1024;

    private final MessageView message = new MessageView();
    private final FrameChecksum checksum = new FrameChecksum();
    private final HexDigits hexDigits = new HexDigits();
    private final BarsForSoh barsForSoh = new BarsForSoh();
    private final JsonIndenter jsonIndenter = new JsonIndenter();
    private byte[] body = new byte[0];
    private UnsafeBuffer rendered = new UnsafeBuffer(body);

    /**
     * How a session's bodies are rendered.
     *
     * @param messageType of the session, as settled at its logon.
     * @param maxFrame    longest frame that it may be given.
     * @return null where bodies of this type are delivered as they are.
     */
    public SessionRendering of(String messageType, int maxFrame) {
        final BodyRenderer renderer = rendererOf(messageType);
        if (renderer == null) {
            return null;
        }
        if (body.length == 0) {
            body = new byte[MAX_FRAME];
            rendered = new UnsafeBuffer(new byte[MAX_FRAME]);
        }
        return new SessionRendering(this, renderer, Math.min(maxFrame, MAX_FRAME));
    }

    private BodyRenderer rendererOf(String messageType) {
        return switch (messageType) {
            case "json" -> jsonIndenter;
            case "fix", "nvfix" -> barsForSoh;
            case "binary" -> hexDigits;
            default -> null;
        };
    }

    /** What was rendered last, from 0 on; valid until the next. */
    UnsafeBuffer rendered() {
        return rendered;
    }

    /**
     * Renders a message that lies in the journal. All but its body, and what follows from that, stays as it is.
     *
     * @param maxFrame neither the frame there nor the rendered one is longer.
     * @return length of the frame; or, negative, as {@link BodyRenderer#render}.
     */
    int render(DirectBuffer buffer, int frameOffset, BodyRenderer renderer, int maxFrame) {
        message.wrap(buffer, frameOffset);
        final int length = message.bodyLength();
        final int bodyAt = message.bodyOffset() - frameOffset;
        buffer.getBytes(message.bodyOffset(), body, 0, length);
        final int renderedLength = renderer.render(body, length, rendered.byteArray(), bodyAt, maxFrame);
        if (renderedLength < 0) {
            return renderedLength;
        }
        rendered.putBytes(0, buffer, frameOffset, bodyAt);
        rendered.putInt(bodyAt - Integer.BYTES, renderedLength, ByteOrder.LITTLE_ENDIAN);
        final int frameLength = bodyAt + renderedLength;
        FrameDescriptor.finish(rendered, 0, frameLength, FrameDescriptor.FLAG_STAMPED);
        checksum.sealContent(rendered, 0, frameLength);
        checksum.stamp(rendered, 0, message.position(), message.timestamp());
        return frameLength;
    }
}
