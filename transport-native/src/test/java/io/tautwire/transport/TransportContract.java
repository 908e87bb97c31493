package io.tautwire.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What every mechanism and every scheme must do. */
abstract class TransportContract extends TransportFixture {
    private static final int MEBIBYTE = 1 << 20;

    /** More than the system takes for a peer that does not read, in bytes. */
    int tooMuch() {
        return 64 * MEBIBYTE;
    }

    @Test
    void carriesRandomBytesInRandomChunksBothWays() throws Exception {
        final byte[] bytes = randomBytes(4 * MEBIBYTE);
        final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> new Peer.Echo(wire));
        final Peer client = connect(listener, Peer::new);
        final CompletableFuture<byte[]> echoed = on(clientLoop, () -> client.await(bytes.length));

        for (int sent = 0; sent < bytes.length; ) {
            final int from = sent;
            final int length = Math.min(bytes.length - from, 1 + random.nextInt(random.nextBoolean() ? 100 : 100_000));
            clientLoop.execute(() -> client.send(Arrays.copyOfRange(bytes, from, from + length)));
            sent += length;
        }

        assertArrayEquals(bytes, get(echoed), "seed=" + seed);
    }

    @Test
    void writesFromArraysAndFromPartsOfDirectMemory() throws Exception {
        final byte[] bytes = randomBytes(3000);
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(5000), 100, 4900);
        direct.putBytes(11, bytes, 0, 1000);
        final UnsafeBuffer part = new UnsafeBuffer(direct, 2000, 2000);
        part.putBytes(7, bytes, 1000, 1000);
        final UnsafeBuffer array = new UnsafeBuffer(bytes, 2000, 1000);
        final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> new Peer.Echo(wire));
        final Peer client = connect(listener, Writer::new);

        final CompletableFuture<byte[]> echoed = on(clientLoop, () -> client.await(bytes.length));
        clientLoop.execute(() -> ((Writer) client).write(direct, 11, part, 7, array, 0));

        assertArrayEquals(bytes, get(echoed), "seed=" + seed);
    }

    /** Writes 1000 bytes of each buffer, one after the other. */
    private static final class Writer extends Peer {
        private Object[] left = {};
        private int next;

        Writer(Wire wire) {
            super(wire);
        }

        void write(Object... buffersAndOffsets) {
            left = buffersAndOffsets;
            writeNext();
        }

        private void writeNext() {
            if (next < left.length) {
                next += 2;
                wire.write((DirectBuffer) left[next - 2], (Integer) left[next - 1], 1000);
            }
        }

        @Override
        public void onWritten(int lengthBytes) {
            assertEquals(1000, lengthBytes);
            writeNext();
        }
    }

    @Test
    void growsForAFrameLongerThanTheReceiveBuffer() throws Exception {
        final byte[] small = Peer.Framed.frame(randomBytes(10));
        final byte[] large = Peer.Framed.frame(randomBytes(5 * MEBIBYTE + 3));
        final Accepted<Peer.Framed> server = new Accepted<>(Peer.Framed::new);
        final Peer client = connect(serverLoop.listen(listenAt(), server), Peer::new);
        final CompletableFuture<byte[]> arrived = accepted(server, 2 * small.length + large.length);

        clientLoop.execute(() -> client.send(small));
        clientLoop.execute(() -> client.send(large));
        clientLoop.execute(() -> client.send(small));

        final UnsafeBuffer all = new UnsafeBuffer(get(arrived));
        assertEquals(0, all.compareTo(new UnsafeBuffer(join(small, large, small))), "seed=" + seed);
        assertEquals(3, get(server.peer).frames);
        assertTrue(get(server.peer).largestPresented >= large.length);
    }

    @Test
    void aPausedPeerIsNotReadAndLosesNothing() throws Exception {
        final byte[] bytes = randomBytes(8 * MEBIBYTE);
        final Accepted<PausingPeer> server = new Accepted<>(wire -> new PausingPeer(wire, 300_000));
        final Peer client = connect(serverLoop.listen(listenAt(), server), Peer::new);
        final CompletableFuture<byte[]> arrived = accepted(server, bytes.length);
        final PausingPeer paused = get(server.peer);

        serverLoop.execute(() -> paused.onPause(() -> afterRounds(100, paused::goOn)));
        clientLoop.execute(() -> client.send(bytes));

        assertArrayEquals(bytes, get(arrived), "seed=" + seed);
        assertEquals(bytes.length / 300_000, paused.pauses);
        assertEquals(0, paused.bytesWhilePaused);
        assertTrue(paused.largestPresented < MEBIBYTE, "largestPresented=" + paused.largestPresented);
    }

    /** Rounds of the server's loop, in which it would read if it did. */
    private void afterRounds(int rounds, Runnable task) {
        serverLoop.execute(rounds == 0 ? task : () -> afterRounds(rounds - 1, task));
    }

    @Test
    void closesInOrderWhileItIsPaused() throws Exception {
        final Accepted<PausingPeer> server = new Accepted<>(wire -> new PausingPeer(wire, 10));
        final Peer client = connect(serverLoop.listen(listenAt(), server), Peer::new);
        final CompletableFuture<byte[]> goodbye = on(clientLoop, () -> client.await(3));
        final PausingPeer paused = get(server.peer);
        clientLoop.execute(() -> client.send(randomBytes(MEBIBYTE)));
        serverLoop.execute(() -> paused.onPause(() -> {
            paused.send(new byte[] {1, 2, 3});
            paused.wire.close();
        }));
        assertArrayEquals(new byte[] {1, 2, 3}, get(goodbye));
        assertTrue(get(client.closed).isEmpty());
        assertTrue(get(paused.closed).isEmpty());
    }

    private CompletableFuture<byte[]> accepted(Accepted<? extends Peer> server, int length) throws Exception {
        final Peer peer = get(server.peer);
        return on(serverLoop, () -> peer.await(length));
    }

    @Test
    void presentsWhatWasNotConsumedAgain() throws Exception {
        final int count = 5000;
        final byte[][] frames = new byte[count][];
        for (int i = 0; i < count; i++) {
            frames[i] = Peer.Framed.frame(randomBytes(random.nextInt(2000)));
        }
        final byte[] all = join(frames);
        final Accepted<Peer.Framed> server = new Accepted<>(Peer.Framed::new);
        final Peer client = connect(serverLoop.listen(listenAt(), server), Peer::new);
        final CompletableFuture<byte[]> arrived = accepted(server, all.length);

        for (int sent = 0; sent < all.length; ) {
            final int from = sent;
            final int length = Math.min(all.length - from, 1 + random.nextInt(3000));
            clientLoop.execute(() -> client.send(Arrays.copyOfRange(all, from, from + length)));
            sent += length;
        }

        assertArrayEquals(all, get(arrived), "seed=" + seed);
        assertEquals(count, get(server.peer).frames, "seed=" + seed);
    }

    @Test
    void tellsBothSidesOnceThatTheClientClosed() throws Exception {
        final Accepted<Peer> server = new Accepted<>(Peer::new);
        final Peer client = connect(serverLoop.listen(listenAt(), server), Peer::new);

        clientLoop.execute(client.wire::close);

        assertClosedInOrder(client, get(server.peer));
    }

    @Test
    void tellsBothSidesOnceThatTheServerClosed() throws Exception {
        final Accepted<Peer> server = new Accepted<>(Peer::new);
        final Peer client = connect(serverLoop.listen(listenAt(), server), Peer::new);

        serverLoop.execute(get(server.peer).wire::close);

        assertClosedInOrder(client, get(server.peer));
    }

    private void assertClosedInOrder(Peer client, Peer server) throws Exception {
        assertNull(get(client.closed).orElse(null));
        assertNull(get(server.closed).orElse(null));
        clientLoop.close();
        serverLoop.close();
        assertEquals(1, client.closedCalls.get());
        assertEquals(1, server.closedCalls.get());
    }

    @Test
    void mayBeWrittenToAndClosedBeforeItsHandlerIsThere() throws Exception {
        final byte[] bytes = randomBytes(1000);
        final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> {
            final Peer peer = new Peer(wire);
            peer.send(bytes);
            wire.close();
            return peer;
        });
        final Peer client = connect(listener, Peer::new);

        assertArrayEquals(bytes, get(on(clientLoop, () -> client.await(bytes.length))));
        assertNull(get(client.closed).orElse(null));
    }

    @Test
    void deliversItsLastBytesThoughThePeerGoesOnSending() throws Exception {
        final byte[] goodbye = randomBytes(100_000);
        final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> new Peer(wire) {
            @Override
            public int onBytes(DirectBuffer buffer, int offset, int length) {
                send(goodbye);
                wire.close();
                return 0;
            }
        });
        for (int i = 0; i < 20; i++) {
            final Peer client = connect(listener, Peer::new);
            final CompletableFuture<byte[]> arrived = on(clientLoop, () -> client.await(goodbye.length));
            clientLoop.execute(() -> client.send(new byte[8 * MEBIBYTE]));

            assertArrayEquals(goodbye, get(arrived));
            get(client.closed);
        }
    }

    @Test
    void refusesToConnectWhereNobodyListens() throws Exception {
        final TautwireException failure = failureOf(nobody());

        assertEquals(Code.CONNECT_FAILED, failure.code());
        assertInstanceOf(IOException.class, failure.getCause());
    }

    @Test
    void closesOnlyTheConnectionWhoseHandlerFails() throws Exception {
        final RuntimeException fault = new IllegalStateException("on purpose");
        final Accepted<Peer> server = new Accepted<>(Peer::new);
        final Listener listener = serverLoop.listen(listenAt(), server);
        final Peer sound = connect(listener, Peer::new);
        final Peer soundServer = get(server.peer);
        server.next(wire -> new Peer(wire) {
            @Override
            public int onBytes(DirectBuffer buffer, int offset, int length) {
                throw fault;
            }
        });
        final Peer victim = connect(listener, Peer::new);

        clientLoop.execute(() -> victim.send(new byte[10]));

        assertSame(fault, get(get(server.peer).closed).orElseThrow());
        get(victim.closed);
        clientLoop.execute(() -> sound.send(new byte[10]));
        get(on(serverLoop, () -> soundServer.await(10)));
        assertFalse(sound.closed.isDone());
    }

    @Test
    void passesOnWhatAnyCallOfTheHandlerThrows() throws Exception {
        final RuntimeException fault = new IllegalStateException("on purpose");
        final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> new Peer.Echo(wire));
        final Peer first = connect(listener, wire -> new Peer(wire) {
            @Override
            public void onWritten(int lengthBytes) {
                throw fault;
            }
        });
        final Peer second = connect(listener, wire -> new Peer(wire) {
            @Override
            public void onBatchEnd() {
                throw fault;
            }
        });
        clientLoop.execute(() -> first.send(new byte[1]));
        clientLoop.execute(() -> second.send(new byte[1]));

        assertSame(fault, get(first.closed).orElseThrow());
        assertSame(fault, get(second.closed).orElseThrow());
    }

    @Test
    void completesAWriteOnlyWhenAllOfItIsTaken() throws Exception {
        final byte[] bytes = randomBytes(tooMuch());
        final CompletableFuture<Integer> written = new CompletableFuture<>();
        final Accepted<Peer> server = new Accepted<>(wire -> new Peer(wire) {
            @Override
            public void onWritten(int lengthBytes) {
                written.complete(lengthBytes);
            }
        });
        try (ByteChannel reader = plainSocket(serverLoop.listen(listenAt(), server))) {
            final Peer peer = get(server.peer);
            on(serverLoop, () -> {
                peer.send(bytes);
                assertThrows(IllegalStateException.class, () -> peer.wire.write(new UnsafeBuffer(bytes), 0, 1));
                return null;
            });
            assertFalse(written.isDone(), "nobody reads");

            final ByteBuffer read = ByteBuffer.allocate(bytes.length);
            while (read.hasRemaining() && reader.read(read) >= 0) {}

            assertArrayEquals(bytes, read.array(), "seed=" + seed);
            assertEquals(bytes.length, get(written));
        }
    }

    @Test
    void flushesAPendingWriteBeforeItCloses() throws Exception {
        final byte[] bytes = randomBytes(tooMuch());
        final Accepted<Peer> server = new Accepted<>(Peer::new);
        try (ByteChannel reader = plainSocket(serverLoop.listen(listenAt(), server))) {
            final Peer peer = get(server.peer);
            on(serverLoop, () -> {
                peer.send(bytes);
                peer.wire.close();
                return null;
            });
            assertFalse(peer.closed.isDone(), "the write is pending");

            final ByteBuffer read = ByteBuffer.allocate(bytes.length + 1);
            while (reader.read(read) >= 0) {}

            assertEquals(bytes.length, read.position());
            assertArrayEquals(bytes, Arrays.copyOf(read.array(), bytes.length), "seed=" + seed);
            assertNull(get(peer.closed).orElse(null));
        }
    }

    @Test
    void givesAPeerThatDoesNotReadABoundedTimeWhenItCloses() throws Exception {
        final Accepted<Peer> server = new Accepted<>(Peer::new);
        try (ByteChannel reader = plainSocket(serverLoop.listen(listenAt(), server))) {
            final Peer peer = get(server.peer);
            on(serverLoop, () -> {
                peer.send(new byte[tooMuch()]);
                peer.wire.close();
                return null;
            });

            get(peer.closed);
            assertTrue(reader.isOpen());
        }
    }

    /** More than a stack would hold, one within the other. */
    int manyWrites() {
        return 100_000;
    }

    @Test
    void takesManyWritesFromWithinTheirCompletions() throws Exception {
        final int count = manyWrites();
        final Accepted<Peer> server = new Accepted<>(Peer::new);
        final UnsafeBuffer one = new UnsafeBuffer(ByteBuffer.allocateDirect(1));
        final Peer client = connect(serverLoop.listen(listenAt(), server), wire -> new Peer(wire) {
            private int left = count;

            @Override
            public void flush() {
                if (left-- > 0) {
                    wire.write(one, 0, 1);
                }
            }

            @Override
            public void onWritten(int lengthBytes) {
                flush();
            }
        });
        final CompletableFuture<byte[]> arrived = accepted(server, count);

        clientLoop.execute(client::flush);

        assertEquals(count, get(arrived).length);
    }

    @Test
    void refusesMisuseOfAWire() throws Exception {
        final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> new Peer.Echo(wire));
        final Peer client = connect(listener, Peer::new);
        final UnsafeBuffer bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(8));

        assertThrows(IllegalStateException.class, () -> client.wire.write(bytes, 0, 8));
        assertThrows(IllegalStateException.class, client.wire::close);
        on(clientLoop, () -> {
            assertThrows(IllegalArgumentException.class, () -> client.wire.write(bytes, 0, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> client.wire.write(bytes, 1, 8));
            client.wire.close();
            client.wire.close();
            client.wire.write(bytes, 0, 8);
            return null;
        });
        assertNull(get(client.closed).orElse(null));
    }

    @Test
    void servesTwoListenersOnOneLoop() throws Exception {
        final byte[] bytes = randomBytes(100);
        for (int i = 0; i < 2; i++) {
            final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> new Peer.Echo(wire));
            final Peer client = connect(listener, Peer::new);
            clientLoop.execute(() -> client.send(bytes));
            assertArrayEquals(bytes, get(on(clientLoop, () -> client.await(bytes.length))));
        }
    }

    @Test
    void keepsAcceptedConnectionsWhenItsListenerCloses() throws Exception {
        final byte[] bytes = randomBytes(100);
        final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> new Peer.Echo(wire));
        final Peer client = connect(listener, Peer::new);
        clientLoop.execute(() -> client.send(bytes));
        assertArrayEquals(bytes, get(on(clientLoop, () -> client.await(bytes.length))));
        listener.close();
        listener.close();

        clientLoop.execute(() -> client.send(bytes));

        assertArrayEquals(join(bytes, bytes), get(on(clientLoop, () -> client.await(2 * bytes.length))));
        assertEquals(Code.CONNECT_FAILED, failureOf(targetOf(listener)).code());
    }

    @Test
    void closesAConnectionThatTheAcceptorRefuses() throws Exception {
        final Listener listener = serverLoop.listen(listenAt(), (wire, at) -> {
            throw new IllegalStateException("on purpose");
        });
        final Peer client = connect(listener, Peer::new);

        get(client.closed);
    }

    @Test
    void endsEverythingWhenTheLoopCloses() throws Exception {
        final Accepted<Peer> server = new Accepted<>(Peer::new);
        final Listener listener = serverLoop.listen(listenAt(), server);
        final Peer client = connect(listener, Peer::new);

        final Peer accepted = get(server.peer);

        serverLoop.close();
        serverLoop.close();

        assertEquals(1, accepted.closedCalls.get());
        assertNull(get(client.closed).orElse(null));
        assertEquals(Code.CONNECT_FAILED, failureOf(targetOf(listener)).code());
        assertEquals(
                Code.CLOSED,
                assertThrows(TautwireException.class, () -> serverLoop.execute(() -> {}))
                        .code());
        assertFalse(isAlive("test-server"));
        assertTrue(isAlive("test-client"));
    }

    @Test
    void namesThePeer() throws Exception {
        final Accepted<Peer> server = new Accepted<>(Peer::new);
        final Peer client = connect(serverLoop.listen(listenAt(), server), Peer::new);

        assertFalse(client.wire.peer().isEmpty());
        assertFalse(get(server.peer).wire.peer().isEmpty());
        assertTrue(client.wire.toString().startsWith("client=tester peer="), client.wire.toString());
    }
}
