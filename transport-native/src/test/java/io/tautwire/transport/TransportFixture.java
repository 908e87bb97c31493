package io.tautwire.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tautwire.TautwireException;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.Io;
import io.tautwire.transport.internal.tls.Tls;
import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two loops, what a scheme provides, and how tests wait: always for a condition, always bounded. */
abstract class TransportFixture implements Endpoints {
    final long seed = System.nanoTime();
    final Random random = new Random(seed);
    TransportLoop serverLoop;
    TransportLoop clientLoop;

    abstract Io io();

    @BeforeEach
    void start() {
        final String missing = TransportLoop.unavailability(io());
        assumeTrue(missing == null, missing);
        serverLoop = TransportLoop.start(io(), "test-server");
        clientLoop = TransportLoop.start(io(), "test-client");
    }

    @AfterEach
    void stop() {
        if (serverLoop != null) {
            serverLoop.close();
            clientLoop.close();
            assertEquals(0, Tls.buffersInUse(), "buffers are left");
        }
    }

    static boolean isAlive(String threadName) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith(threadName));
    }

    byte[] randomBytes(int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        final var joined = new ByteArrayOutputStream();
        for (final byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    <P extends Peer> P connect(Listener listener, Function<Wire, P> peer) throws Exception {
        return connect(targetOf(listener), peer);
    }

    <P extends Peer> P connect(ConnectionString target, Function<Wire, P> peer) throws Exception {
        final CompletableFuture<P> connected = new CompletableFuture<>();
        clientLoop.connect(target, "tester", handler(connected, peer));
        return get(connected);
    }

    TautwireException failureOf(ConnectionString target) throws Exception {
        final CompletableFuture<Peer> connected = new CompletableFuture<>();
        clientLoop.connect(target, handler(connected, Peer::new));
        final ExecutionException failure = assertThrows(
                ExecutionException.class, () -> connected.get(20, TimeUnit.SECONDS), "connected to " + target);
        return assertInstanceOf(TautwireException.class, failure.getCause());
    }

    static <P extends Peer> ConnectHandler handler(CompletableFuture<P> connected, Function<Wire, P> peer) {
        return new ConnectHandler() {
            @Override
            public WireHandler onConnected(Wire wire) {
                final P made = peer.apply(wire);
                connected.complete(made);
                return made;
            }

            @Override
            public void onFailed(TautwireException failure) {
                connected.completeExceptionally(failure);
            }
        };
    }

    /** Runs on the loop and waits. */
    static <T> T on(TransportLoop loop, Callable<T> task) throws Exception {
        final CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Throwable t) {
                result.completeExceptionally(t);
            }
        });
        return get(result);
    }

    static <T> T get(CompletableFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(20, TimeUnit.SECONDS);
    }

    /** Makes the server's peers, and gives the one made last. */
    static final class Accepted<P extends Peer> implements Acceptor {
        volatile CompletableFuture<P> peer = new CompletableFuture<>();
        final CompletableFuture<TautwireException> refused = new CompletableFuture<>();
        private volatile Function<Wire, P> maker;

        Accepted(Function<Wire, P> maker) {
            this.maker = maker;
        }

        void next(Function<Wire, P> other) {
            peer = new CompletableFuture<>();
            maker = other;
        }

        @Override
        public WireHandler onAccepted(Wire wire, Listener listener) {
            final P made = maker.apply(wire);
            peer.complete(made);
            return made;
        }

        @Override
        public void onRefused(TautwireException failure, Listener listener) {
            refused.complete(failure);
        }
    }
}
