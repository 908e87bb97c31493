package io.tautwire.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tautwire.TautwireException;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.Io;
import io.tautwire.transport.internal.tls.Tls;
import io.tautwire.transport.wire.Wire;
import io.tautwire.transport.wire.WireHandler;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A handshake that ends just after its attempt was given up, before the channel has left the loop. */
class LateHandshakeTest extends TlsFixture {
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(1);

    private final Accepted<Peer> accepted = new Accepted<>(Peer::new);

    /** What TLS hands over: the verification, which ends its handshake. */
    private final BlockingQueue<Runnable> handedOver = new LinkedBlockingQueue<>();

    private final Outcome outcome = new Outcome();

    @Test
    void tellsOneOutcomeOnly() throws Exception {
        assumeTrue(Tls.unavailability() == null, Tls.unavailability()); // the JDK hands over more
        final Listener at = serverLoop.listen(listenAt(server, "openssl", ""), accepted);
        final EventLoop loop = new SingleThreadIoEventLoop(
                null, new DefaultThreadFactory("test-late", true), clientTypes().ioHandler());
        final Closers closers = new Closers("test-late-closer");
        try (Resolver resolver = new Resolver("test-late-resolver", Resolver::addresses)) {
            final Connector connector = connector(
                    loop, target(at, "openssl", trusting(authority) + "&connect_timeout=1s"), resolver, closers);
            loop.execute(connector::start);
            final Runnable verification = handedOver.poll(20, TimeUnit.SECONDS);

            // Both are due when the loop looks again, so the handshake ends right behind the timer.
            loop.execute(() -> {
                final long beganNs = System.nanoTime();
                loop.schedule(verification, 0, TimeUnit.NANOSECONDS);
                while (System.nanoTime() - beganNs < TIMEOUT_NS) {
                    Thread.onSpinWait();
                }
            });

            assertTrue(get(outcome.failed).getMessage().contains("no end of the TLS handshake"));
            get(accepted.refused.applyToEither(accepted.peer.thenApply(peer -> null), end -> end));
            loop.submit(() -> {}).get(20, TimeUnit.SECONDS);
            assertFalse(outcome.isConnected, "it was told that it failed");
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(20, TimeUnit.SECONDS);
            closers.end();
            closers.awaitEnd(TimeUnit.SECONDS.toNanos(20));
        }
    }

    private static ChannelTypes clientTypes() {
        return ChannelTypes.of(Io.AUTO);
    }

    private Connector connector(EventLoop loop, ConnectionString target, Resolver resolver, Closers closers) {
        return new Connector(
                loop,
                target,
                outcome,
                resolver,
                clientTypes(),
                new Connections(closers),
                Tls.of(target),
                handedOver::add,
                "late",
                () -> {});
    }

    private final class Outcome implements ConnectHandler {
        private final CompletableFuture<TautwireException> failed = new CompletableFuture<>();
        private volatile boolean isConnected;

        @Override
        public WireHandler onConnected(Wire wire) {
            isConnected = true;
            return new Peer(wire);
        }

        @Override
        public void onFailed(TautwireException failure) {
            failed.complete(failure);
        }
    }
}
