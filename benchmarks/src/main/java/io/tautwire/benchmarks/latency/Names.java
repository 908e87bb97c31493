package io.tautwire.benchmarks.latency;

import io.tautwire.codec.FrameChecksum;
import io.tautwire.codec.FrameDescriptor;
import io.tautwire.codec.MessagePrefix;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Names of one trial, unlike those of any other, because the server may be shared; all of the same length, so that
 * every frame of a row is as long as its baseline's.
 */
final class Names {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String suffix = "%016x".formatted(RANDOM.nextLong());

    String publisher() {
        return "bench-p-" + suffix;
    }

    String subscriber() {
        return "bench-s-" + suffix;
    }

    String topic() {
        return "bench/" + suffix;
    }

    /** The frame that a publisher of such names sends: what the baselines move. */
    static ByteBuffer frame(UnsafeBuffer body) {
        final Names names = new Names();
        final MessagePrefix prefix = MessagePrefix.builder()
                .clientName(names.publisher())
                .incarnation(RANDOM.nextLong())
                .topic(names.topic())
                .build();
        final int bodyLength = body.capacity();
        final ByteBuffer bytes = ByteBuffer.allocateDirect(FrameDescriptor.aligned(prefix.frameLength(bodyLength)));
        final UnsafeBuffer frame = new UnsafeBuffer(bytes);
        prefix.put(frame, 0);
        frame.putBytes(prefix.bodyOffset(), body, 0, bodyLength);
        prefix.finish(frame, 0, 1, bodyLength, new FrameChecksum());
        return bytes;
    }

    /** A body of readable bytes. */
    static UnsafeBuffer body(int length) {
        final UnsafeBuffer body = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
        for (int i = 0; i < length; i++) {
            body.putByte(i, (byte) ('a' + i % 26));
        }
        return body;
    }
}
