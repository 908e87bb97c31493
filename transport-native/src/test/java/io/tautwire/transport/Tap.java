package io.tautwire.transport;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Passes one connection on to a port of this machine, and keeps what it sees. */
final class Tap implements Closeable {
    private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final Socket target;
    private volatile Socket source;

    Tap(int port) throws IOException {
        target = new Socket(InetAddress.getLoopbackAddress(), port);
        start(() -> {
            source = listening.accept();
            start(() -> pass(source, target));
            pass(target, source);
        });
    }

    int port() {
        return listening.getLocalPort();
    }

    synchronized int bytes() {
        return seen.size();
    }

    synchronized boolean saw(byte[] bytes) {
        return seen.toString(StandardCharsets.ISO_8859_1).contains(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        listening.close();
        target.close();
        if (source != null) {
            source.close();
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        final Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // One end is gone, and with it the connection.
                    }
                },
                "tap");
        thread.setDaemon(true);
        thread.start();
    }

    private void pass(Socket from, Socket to) throws IOException {
        final InputStream in = from.getInputStream();
        final byte[] buffer = new byte[8192];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            synchronized (this) {
                seen.write(buffer, 0, length);
            }
            to.getOutputStream().write(buffer, 0, length);
        }
        to.shutdownOutput();
    }
}
