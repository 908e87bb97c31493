package io.tautwire.system.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * A TCP proxy in front of a server that treats connections badly: cuts them after some bytes, changes a bit, passes
 * bytes on in small pieces and late, or stops reading from the server. What it does is decided by the seed given.
 */
public final class TestProxy implements Closeable {
    private static final int RECEIVE_BUFFER = 64 * 1024;
    private static final int MAX_DELAY_MICROS = 200;
    private static final int NEVER = Integer.MAX_VALUE;
    private static final int ANSWERS_ARE_SHORTER = 50;

    private final InetSocketAddress target;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger damaged = new AtomicInteger();
    private final IntFunction<String> uriAtPort;
    private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();
    private final Random random;
    private volatile boolean records;
    private volatile int cutWithin;
    private volatile int pieces;
    private volatile int damageWithin;
    private volatile boolean keepsServerSide;
    private volatile boolean stalled;
    private volatile boolean closed;

    /** In front of a port of this machine, plain. */
    public TestProxy(int port, long seed) {
        this(port, seed, at -> "tcp://127.0.0.1:" + at);
    }

    /** In front of a server, whatever carries its bytes. */
    TestProxy(TestServer server, long seed) {
        this(server.port(), seed, at -> server.uriAtPort("", at));
    }

    private TestProxy(int port, long seed, IntFunction<String> uriAtPort) {
        this.uriAtPort = uriAtPort;
        random = new Random(seed);
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Connections to come are cut after a random number of bytes below this one; 0 to leave them whole. */
    TestProxy cutWithin(int bytes) {
        cutWithin = bytes;
        return this;
    }

    /** In connections to come one bit is changed, in a random byte before this one; 0 to change none. */
    TestProxy damageWithin(int bytes) {
        damageWithin = bytes;
        return this;
    }

    /** Bytes are passed on late, in pieces of at most this length; 0 to pass them on as they come. */
    TestProxy pieces(int mostBytes) {
        pieces = mostBytes;
        return this;
    }

    /** Keeps what is passed on from now on. */
    TestProxy records() {
        records = true;
        return this;
    }

    /** Stops to read from the server, or goes on. */
    void stall(boolean stop) {
        stalled = stop;
    }

    /** Connections whose client has gone are kept open at the server, as by a network that has lost the way back. */
    void keepServerSide(boolean keep) {
        keepsServerSide = keep;
    }

    /** All that was passed on so far, either way, as text whose characters are the bytes. */
    String recorded() {
        synchronized (recorded) {
            return recorded.toString(ISO_8859_1);
        }
    }

    /** How many connections were cut so far. */
    int cuts() {
        return cuts.get();
    }

    /** In how many connections a bit was changed so far. */
    int damaged() {
        return damaged.get();
    }

    /** What to connect to. */
    public String uri() {
        return uriAtPort.apply(listening.getLocalPort());
    }

    /** Cuts all connections now. */
    public void cut() {
        open.forEach(TestProxy::quietClose);
    }

    /** Cuts the side of the clients now. */
    void cutClients() {
        open.stream()
                .filter(socket -> socket.getLocalPort() == listening.getLocalPort())
                .forEach(TestProxy::quietClose);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listening.close();
        cut();
        Await.until("the proxy's threads have ended", () -> threads.stream().noneMatch(Thread::isAlive));
    }

    private void accept() {
        while (!closed) {
            try {
                join(listening.accept());
            } catch (IOException e) {
                closed = true; // by close()
            }
        }
    }

    private void join(Socket client) throws IOException {
        final Socket server = new Socket();
        open.add(client);
        open.add(server);
        server.setReceiveBufferSize(RECEIVE_BUFFER);
        try {
            server.connect(target);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
        } catch (IOException e) {
            end(client, server);
            return;
        }
        final boolean isUp = random.nextBoolean();
        final int cut = chosen(cutWithin, isUp);
        final int damage = chosen(damageWithin, isUp);
        pump(client, server, false, isUp ? cut : NEVER, isUp ? damage : NEVER);
        pump(server, client, true, isUp ? NEVER : cut, isUp ? NEVER : damage);
    }

    private int chosen(int within, boolean isUp) {
        return within == 0 ? NEVER : 1 + random.nextInt(isUp ? within : within / ANSWERS_ARE_SHORTER);
    }

    private void pump(Socket from, Socket to, boolean stalls, int bytesToCut, int bytesToDamage) {
        final Random chance = new Random(random.nextLong());
        start(() -> {
            try {
                pass(from, to, stalls, bytesToCut, bytesToDamage, chance);
            } catch (IOException e) {
                // One end is gone; the other one follows.
            } finally {
                if (keepsServerSide) {
                    quietClose(stalls ? to : from);
                } else {
                    end(from, to);
                }
            }
        });
    }

    private void pass(Socket from, Socket to, boolean stalls, int bytesToCut, int bytesToDamage, Random chance)
            throws IOException {
        final byte[] bytes = new byte[RECEIVE_BUFFER];
        int left = bytesToCut;
        int intact = bytesToDamage;
        while (true) {
            final int piece = pieces == 0 ? bytes.length : 1 + chance.nextInt(pieces);
            final int read = from.getInputStream().read(bytes, 0, Math.min(piece, left));
            if (read < 0) {
                return;
            }
            while (stalls && stalled && !closed) { // after reading, for it may have been waiting there before
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            if (pieces != 0 && chance.nextInt(8) == 0) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(chance.nextInt(MAX_DELAY_MICROS)));
            }
            if (intact <= read) {
                bytes[intact - 1] ^= (byte) (1 << chance.nextInt(8));
                damaged.incrementAndGet();
                intact = NEVER;
            } else if (intact != NEVER) {
                intact -= read;
            }
            if (records) {
                synchronized (recorded) {
                    recorded.write(bytes, 0, read);
                }
            }
            to.getOutputStream().write(bytes, 0, read);
            left = left == NEVER ? NEVER : left - read;
            if (left == 0) {
                cuts.incrementAndGet();
                from.setSoLinger(chance.nextBoolean(), 0); // by a reset or in order
                return;
            }
        }
    }

    private void end(Socket one, Socket other) {
        quietClose(one);
        quietClose(other);
        open.remove(one);
        open.remove(other);
    }

    private void start(Runnable work) {
        final Thread thread = new Thread(work, "test-proxy");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private static void quietClose(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
