package io.tautwire.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;

/** TCP on loopback. */
abstract class TcpFixture extends TransportFixture {
    @Override
    ConnectionString listenAt() {
        return ConnectionString.parseListener("tcp://127.0.0.1:0");
    }

    @Override
    ConnectionString targetOf(Listener listener) {
        return tcp("127.0.0.1:" + listener.port());
    }

    @Override
    ConnectionString nobody() {
        return tcp("127.0.0.1:" + freePort());
    }

    @Override
    SocketChannel plainSocket(Listener listener) throws IOException {
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

    static Channel channel(Wire wire) {
        return ((Connection) wire).channel();
    }

    /** What the system says; on the loop's thread, or while the channel is sure to be open. */
    static <T> T option(Wire wire, ChannelOption<T> option) {
        return channel(wire).config().getOption(option);
    }
}
