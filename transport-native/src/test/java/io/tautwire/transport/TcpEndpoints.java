package io.tautwire.transport;

import io.tautwire.transport.connection.ConnectionString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;

/** TCP on loopback. */
interface TcpEndpoints extends Endpoints {
    @Override
    default ConnectionString listenAt() {
        return ConnectionString.parseListener("tcp://127.0.0.1:0");
    }

    @Override
    default ConnectionString targetOf(Listener listener) {
        return tcp("127.0.0.1:" + listener.port());
    }

    @Override
    default ConnectionString nobody() {
        return tcp("127.0.0.1:" + freePort());
    }

    @Override
    default SocketChannel plainSocket(Listener listener) throws IOException {
        return SocketChannel.open(new InetSocketAddress("127.0.0.1", listener.port()));
    }

    static ConnectionString tcp(String rest) {
        return ConnectionString.parse("tcp://" + rest);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
