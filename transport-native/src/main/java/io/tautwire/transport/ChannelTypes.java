package io.tautwire.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueDomainSocketChannel;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerDomainSocketChannel;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.tautwire.TautwireException;
import io.tautwire.codec.sbe.Code;
import io.tautwire.transport.connection.Io;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.function.Function;

/** What the mechanisms differ in: the classes of Netty that belong together, and how each names a Unix socket. */
record ChannelTypes(
        Io io,
        IoHandlerFactory ioHandler,
        ChannelFactory<? extends Channel> tcp,
        ChannelFactory<? extends ServerChannel> tcpServer,
        ChannelFactory<? extends Channel> unix,
        ChannelFactory<? extends ServerChannel> unixServer,
        Function<String, SocketAddress> unixAddress) {

    /**
     * The types of a mechanism; of the best one for {@link Io#AUTO}.
     *
     * @throws TautwireException with {@link Code#IO_UNAVAILABLE} and the reason.
     */
    static ChannelTypes of(Io io) {
        final Throwable missing = unavailability(io);
        if (missing != null) {
            throw new TautwireException(
                    Code.IO_UNAVAILABLE,
                    "io=" + io.word() + " is not available here: " + reason(missing) + "; use io=auto or io="
                            + best().word(),
                    missing);
        }
        return switch (io) {
            case AUTO -> of(best());
            case EPOLL -> epoll();
            case KQUEUE -> kqueue();
            case NIO -> nio();
        };
    }

    /** Why a mechanism cannot be used; null when it can. */
    static Throwable unavailability(Io io) {
        return switch (io) {
            case AUTO, NIO -> null;
            case EPOLL -> Epoll.unavailabilityCause();
            case KQUEUE -> KQueue.unavailabilityCause();
        };
    }

    private static Io best() {
        if (Epoll.isAvailable()) {
            return Io.EPOLL;
        }
        return KQueue.isAvailable() ? Io.KQUEUE : Io.NIO;
    }

    /** The innermost cause tells most: the outer ones say that a class could not be initialized. */
    static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        final String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message;
    }

    /**
     * Whether a selector still knows the channel, as it does until its next turn. If such a socket is closed, the Java
     * runtime turns SO_LINGER off and leaves the closing to the selector's thread.
     */
    static boolean isSelected(Channel channel) {
        return channel.unsafe() instanceof AbstractNioChannel.NioUnsafe
                && ((AbstractNioChannel.NioUnsafe) channel.unsafe()).ch().isRegistered();
    }

    private static ChannelTypes epoll() {
        return new ChannelTypes(
                Io.EPOLL,
                EpollIoHandler.newFactory(),
                EpollSocketChannel::new,
                EpollServerSocketChannel::new,
                EpollDomainSocketChannel::new,
                EpollServerDomainSocketChannel::new,
                DomainSocketAddress::new);
    }

    private static ChannelTypes kqueue() {
        return new ChannelTypes(
                Io.KQUEUE,
                KQueueIoHandler.newFactory(),
                KQueueSocketChannel::new,
                KQueueServerSocketChannel::new,
                KQueueDomainSocketChannel::new,
                KQueueServerDomainSocketChannel::new,
                DomainSocketAddress::new);
    }

    private static ChannelTypes nio() {
        return new ChannelTypes(
                Io.NIO,
                NioIoHandler.newFactory(),
                NioSocketChannel::new,
                NioServerSocketChannel::new,
                NioDomainSocketChannel::new,
                NioServerDomainSocketChannel::new,
                UnixDomainSocketAddress::of);
    }
}
