package io.tautwire.benchmarks.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * The plainest peer there is: blocking sockets, a thread for each, that write back what they read, or only read. It is
 * what the benchmarks are compared with.
 */
public final class EchoProcess {
    /** What it does with the bytes. */
    public enum Duty {
        /** Writes them back. */
        ECHO,
        /** Forgets them. */
        DISCARD
    }

    private static final int BUFFER_BYTES = 64 * 1024;

    private EchoProcess() {}

    /**
     * Starts one, in a process of its own.
     *
     * @param isUnix whether to listen at a socket file instead of TCP on the loopback address.
     * @return the process, for {@link #connect}.
     */
    public static Child start(boolean isUnix, Duty duty) {
        return Child.start(EchoProcess.class, Boolean.toString(isUnix), duty.name());
    }

    /** Connects to it, blocking, without delay of small writes. */
    public static SocketChannel connect(Child echo) throws IOException {
        return plain(SocketChannel.open(
                echo.address().startsWith("/")
                        ? UnixDomainSocketAddress.of(echo.address())
                        : new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(echo.address()))));
    }

    /**
     * Runs in the child.
     *
     * @param args whether at a socket file, and the duty.
     */
    public static void main(String[] args) throws IOException {
        final boolean isUnix = Boolean.parseBoolean(args[0]);
        final Duty duty = Duty.valueOf(args[1]);
        final Scratch scratch = new Scratch();
        final ServerSocketChannel listener;
        final String address;
        try {
            if (isUnix) {
                final Path file = scratch.file("echo").toAbsolutePath();
                listener = listen(StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(file));
                address = file.toString();
            } else {
                listener =
                        listen(StandardProtocolFamily.INET, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                address = Integer.toString(((InetSocketAddress) listener.getLocalAddress()).getPort());
            }
        } catch (Throwable t) {
            scratch.close();
            throw t;
        }
        daemon(() -> accept(listener, duty), "echo-accept");
        Lifeline.serve(address, () -> {
            try (scratch) {
                listener.close();
            }
        });
    }

    private static ServerSocketChannel listen(StandardProtocolFamily family, SocketAddress at) throws IOException {
        return ServerSocketChannel.open(family).bind(at);
    }

    private static void accept(ServerSocketChannel listener, Duty duty) throws IOException {
        while (listener.isOpen()) {
            final SocketChannel peer = plain(listener.accept());
            daemon(() -> serve(peer, duty), "echo");
        }
    }

    private static void serve(SocketChannel peer, Duty duty) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try (peer) {
            while (peer.read(bytes.clear()) >= 0) {
                bytes.flip();
                while (duty == Duty.ECHO && bytes.hasRemaining()) {
                    peer.write(bytes);
                }
            }
        }
    }

    private static SocketChannel plain(SocketChannel channel) throws IOException {
        if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        return channel;
    }

    private static void daemon(Task task, String name) {
        final Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // The connection is over: its client ended, or this process does.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Something that reads and writes. */
    @FunctionalInterface
    private interface Task {
        void run() throws IOException;
    }
}
