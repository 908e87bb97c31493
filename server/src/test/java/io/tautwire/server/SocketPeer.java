package io.tautwire.server;

import static org.junit.jupiter.api.Assertions.fail;

import io.tautwire.server.internal.broker.Peer;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.Scheme;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/** A {@link Peer} behind a real socket, which is read only while something is awaited. */
final class SocketPeer implements AutoCloseable {
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    final Peer peer;
    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final List<String> lines = new ArrayList<>();
    private boolean isAtEnd;

    SocketPeer(ServerListener at, Peer peer) throws IOException {
        this.peer = peer;
        final ConnectionString uri = at.uri();
        channel = SocketChannel.open(
                uri.scheme() == Scheme.UNIX
                        ? UnixDomainSocketAddress.of(uri.path())
                        : new InetSocketAddress("127.0.0.1", at.port()));
        channel.configureBlocking(false);
    }

    /** Sends all that the peer said. */
    SocketPeer send() throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(peer.take());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return this;
    }

    /** Waits for a line. */
    SocketPeer await(String line) throws IOException {
        awaitThat(() -> lines.contains(line), line);
        return this;
    }

    /** Waits until a condition holds, reading meanwhile. */
    void awaitThat(BooleanSupplier condition, String what) throws IOException {
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            read();
            if (System.nanoTime() - deadlineNs > 0) {
                fail("waited in vain for: " + what + "; lines=" + lines + peer.got.reasons);
            }
            Thread.onSpinWait();
        }
    }

    /** Waits until the other side has closed. */
    void awaitEnd() throws IOException {
        awaitThat(() -> isAtEnd, "end");
    }

    private void read() throws IOException {
        in.clear();
        final int count = isAtEnd ? 0 : channel.read(in);
        isAtEnd |= count < 0;
        if (count > 0) {
            peer.got.onBytes(new UnsafeBuffer(in), new int[] {0, count});
            lines.addAll(peer.lines());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
