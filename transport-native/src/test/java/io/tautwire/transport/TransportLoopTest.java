package io.tautwire.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.Io;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TransportLoopTest {
    private final TransportLoop loop = TransportLoop.start(Io.AUTO, "test-loop");

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void takesTheBestMechanismForAuto() {
        assertNotEquals(Io.AUTO, loop.io());
        assertNull(TransportLoop.unavailability(loop.io()));
        assertEquals(TransportLoop.unavailability(Io.EPOLL) == null, loop.io() == Io.EPOLL);
    }

    @Test
    void saysWhyAMechanismIsMissing() {
        final Io missing = TransportLoop.unavailability(Io.KQUEUE) == null ? Io.EPOLL : Io.KQUEUE;
        assumeTrue(TransportLoop.unavailability(missing) != null, "all are there");

        final TautwireException failure =
                assertThrows(TautwireException.class, () -> TransportLoop.start(missing, "never"));

        assertEquals(Code.IO_UNAVAILABLE, failure.code());
        assertNotNull(failure.getCause());
        assertTrue(failure.getMessage().contains(TransportLoop.unavailability(missing)), failure.getMessage());
    }

    @Test
    void refusesAStringThatAsksForAnotherMechanism() {
        final Io other = loop.io() == Io.NIO ? Io.EPOLL : Io.NIO;
        final ConnectionString at = ConnectionString.parseListener("tcp://127.0.0.1:0?io=" + other.word());

        final TautwireException failure =
                assertThrows(TautwireException.class, () -> loop.listen(at, (wire, listener) -> new Peer(wire)));

        assertEquals(Code.CONFIGURATION_INVALID, failure.code());
    }

    @Test
    void runsTasksInOrderOnItsNamedDaemonThread() throws Exception {
        final AtomicReference<Thread> first = new AtomicReference<>();
        final CompletableFuture<Boolean> second = new CompletableFuture<>();
        loop.execute(() -> first.set(Thread.currentThread()));
        loop.execute(() -> second.complete(loop.inLoop() && first.get() == Thread.currentThread()));

        assertTrue(TransportFixture.get(second));
        assertEquals("test-loop", first.get().getName());
        assertTrue(first.get().isDaemon());
        assertFalse(loop.inLoop());
    }

    @Test
    void goesOnAfterATaskThatThrows() throws Exception {
        final CompletableFuture<Boolean> after = new CompletableFuture<>();
        loop.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        loop.execute(() -> after.complete(true));

        assertTrue(TransportFixture.get(after));
    }

    @Test
    void runsATimerAgainThoughItThrows() throws Exception {
        final CountDownLatch runs = new CountDownLatch(3);
        loop.every(TimeUnit.MILLISECONDS.toNanos(1), () -> {
            runs.countDown();
            throw new IllegalStateException("on purpose");
        });

        assertTrue(runs.await(10, TimeUnit.SECONDS));
    }

    @Test
    void runsATimerNoMoreOnceCancelled() throws Exception {
        final AtomicInteger runs = new AtomicInteger();
        final Timer timer = loop.every(TimeUnit.MILLISECONDS.toNanos(1), runs::incrementAndGet);
        final int atCancel = TransportFixture.on(loop, () -> {
            timer.cancel();
            timer.cancel();
            return runs.get();
        });
        final CountDownLatch others = new CountDownLatch(5);
        loop.every(TimeUnit.MILLISECONDS.toNanos(1), others::countDown);

        assertTrue(others.await(10, TimeUnit.SECONDS));
        assertEquals(atCancel, runs.get());
    }

    @Test
    void refusesToWaitForItself() {
        final ConnectionString at = ConnectionString.parseListener("tcp://127.0.0.1:0");

        final ExecutionException failure = assertThrows(
                ExecutionException.class,
                () -> TransportFixture.on(loop, () -> loop.listen(at, (wire, listener) -> new Peer(wire))));

        assertEquals(Code.WOULD_DEADLOCK, ((TautwireException) failure.getCause()).code());
    }

    @Test
    void canBeClosedFromItsOwnThread() throws Exception {
        loop.execute(loop::close);
        loop.close();

        assertFalse(TransportFixture.isAlive("test-loop"));
    }

    @Test
    void refusesWorkOnceClosed() {
        loop.close();
        final ConnectionString at = ConnectionString.parseListener("tcp://127.0.0.1:0");

        assertClosed(() -> loop.execute(() -> {}));
        assertClosed(() -> loop.every(1000, () -> {}));
        assertClosed(() -> loop.listen(at, (wire, listener) -> new Peer(wire)));
    }

    private static void assertClosed(Executable call) {
        assertEquals(Code.CLOSED, assertThrows(TautwireException.class, call).code());
    }
}
