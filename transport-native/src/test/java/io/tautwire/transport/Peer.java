package io.tautwire.transport;

import io.tautwire.transport.wire.OutputBuffer;
import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One end of a connection in a test: keeps what arrives, sends what it is told. Tests override what they are about. */
class Peer implements WireHandler {
    static final int MAX_OUTPUT = 128 << 20;

    final Wire wire;
    final CompletableFuture<Optional<Throwable>> closed = new CompletableFuture<>();
    final AtomicInteger closedCalls = new AtomicInteger();
    final OutputBuffer output = new OutputBuffer(4096, MAX_OUTPUT);
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private int awaited = Integer.MAX_VALUE;
    private CompletableFuture<byte[]> arrived;

    Peer(Wire wire) {
        this.wire = wire;
    }

    /** Completes with all that arrived once it is so many bytes. From the loop's thread or before the first byte. */
    CompletableFuture<byte[]> await(int length) {
        awaited = length;
        arrived = new CompletableFuture<>();
        check();
        return arrived;
    }

    void send(byte[] bytes) {
        final int offset = output.claim(bytes.length);
        output.buffer().putBytes(offset, bytes);
        output.commit(bytes.length);
        flush();
    }

    void flush() {
        if (output.beginWrite()) {
            wire.write(output.writeBuffer(), output.writeOffset(), output.writeLength());
        }
    }

    final void keep(DirectBuffer buffer, int offset, int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        received.writeBytes(bytes);
        check();
    }

    private void check() {
        if (received.size() >= awaited && arrived != null) {
            arrived.complete(received.toByteArray());
        }
    }

    @Override
    public int onBytes(DirectBuffer buffer, int offset, int length) {
        keep(buffer, offset, length);
        return length;
    }

    @Override
    public int requiredBytes() {
        return 0;
    }

    @Override
    public void onBatchEnd() {
        flush();
    }

    @Override
    public void onWritten(int lengthBytes) {
        output.onWritten(lengthBytes);
        flush();
    }

    @Override
    public void onClosed(Throwable cause) {
        closedCalls.incrementAndGet();
        closed.complete(Optional.ofNullable(cause));
    }

    /** Sends back what arrives. */
    static final class Echo extends Peer {
        Echo(Wire wire) {
            super(wire);
        }

        @Override
        public int onBytes(DirectBuffer buffer, int offset, int length) {
            final int at = output.claim(length);
            output.buffer().putBytes(at, buffer, offset, length);
            output.commit(length);
            return length;
        }
    }

    /** Takes frames: an int of the length of the whole, and then bytes. Consumes whole ones only. */
    static final class Framed extends Peer {
        private int required;
        int frames;
        int largestPresented;

        Framed(Wire wire) {
            super(wire);
        }

        static byte[] frame(byte[] body) {
            final UnsafeBuffer frame = new UnsafeBuffer(new byte[Integer.BYTES + body.length]);
            frame.putInt(0, frame.capacity());
            frame.putBytes(Integer.BYTES, body);
            return frame.byteArray();
        }

        @Override
        public int onBytes(DirectBuffer buffer, int offset, int length) {
            largestPresented = Math.max(largestPresented, length);
            int consumed = 0;
            required = 0;
            while (length - consumed >= Integer.BYTES) {
                final int frame = buffer.getInt(offset + consumed);
                if (frame > length - consumed) {
                    required = frame;
                    break;
                }
                frames++;
                keep(buffer, offset + consumed, frame);
                consumed += frame;
            }
            return consumed;
        }

        @Override
        public int requiredBytes() {
            return required;
        }
    }
}
