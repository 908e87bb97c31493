package io.tautwire.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.tautwire.transport.connection.ConnectionString;
import io.tautwire.transport.connection.Scheme;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configures Netty's channels.
 *
 * <p>The allocator is the unpooled one, direct memory: a connection takes one receive buffer for its life and writes
 * from its callers' memory, so no message ever allocates. A pool would only hold idle memory; this one gives it back
 * when the connection closes, without waiting for the garbage collector. Its leak detector is off, because it would
 * note every read of a buffer that is handed out again and again. Over TLS every record takes a buffer, so there a pool
 * stands in its place.
 */
final class Channels {
    static final Logger LOGGER = LoggerFactory.getLogger("io.tautwire.transport");

    private static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true, true);

    private Channels() {}

    /** What stands between a channel and its connection. */
    @FunctionalInterface
    interface Security {
        Security NONE = (channel, connection) -> true;

        /**
         * Puts its handlers into the pipeline of a channel that is not active yet.
         *
         * @return whether the connection is to follow them; if not, the channel is closed already, or about to be.
         */
        boolean install(Channel channel, Connection connection);
    }

    /** Closes without asking what stands in the pipeline, which might first say something to the peer. */
    static void closeNow(Channel channel) {
        final Closing closing = channel.pipeline().get(Closing.class);
        if (closing == null) {
            channel.close();
        } else {
            closing.closeNow();
        }
    }

    static Bootstrap client(
            EventLoop loop,
            ChannelTypes types,
            ConnectionString target,
            Connections connections,
            Supplier<Connection> newConnection,
            Security security) {
        final boolean isTcp = target.scheme() != Scheme.UNIX;
        return new Bootstrap()
                .group(loop)
                .channelFactory(isTcp ? types.tcp() : types.unix())
                .disableResolver()
                // The connector's own timer bounds the lookup too.
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .handler(initializer(target, connections, newConnection, security));
    }

    static ServerBootstrap server(
            EventLoop loop,
            ChannelTypes types,
            ConnectionString at,
            Connections connections,
            Supplier<Connection> newConnection,
            Security security) {
        final boolean isTcp = at.scheme() != Scheme.UNIX;
        final ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channelFactory(isTcp ? types.tcpServer() : types.unixServer())
                .option(ChannelOption.ALLOCATOR, ALLOCATOR)
                // Nobody is accepted before the caller's Listener exists.
                .option(ChannelOption.AUTO_READ, false)
                .childHandler(initializer(at, connections, newConnection, security));
        if (isTcp) {
            bootstrap.option(ChannelOption.SO_REUSEADDR, true);
            if (at.tcpRcvbuf() > 0) {
                // Accepted sockets inherit it: theirs come too late for the window scale, which the handshake settles.
                bootstrap.option(ChannelOption.SO_RCVBUF, at.tcpRcvbuf());
            }
        }
        return bootstrap;
    }

    private static ChannelInitializer<Channel> initializer(
            ConnectionString options, Connections connections, Supplier<Connection> newConnection, Security security) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                final Connection connection = newConnection.get();
                channel.config().setAllocator(ALLOCATOR);
                channel.config().setRecvByteBufAllocator(connection.receiveBuffer());
                // A peer that takes no more may have sent its reason: it is read before the channel closes.
                channel.config().setAutoClose(false);
                setSocketOptions(channel, options);
                if (options.scheme() != Scheme.UNIX) {
                    channel.pipeline().addLast(connections.newClosing(options.tcpLinger()));
                }
                if (security.install(channel, connection)) {
                    channel.pipeline().addLast(connection);
                }
            }
        };
    }

    /** Before the channel connects, so that the window scale follows from the size of the receive buffer. */
    private static void setSocketOptions(Channel channel, ConnectionString options) {
        if (options.tcpRcvbuf() > 0) {
            set(channel, ChannelOption.SO_RCVBUF, options.tcpRcvbuf());
        }
        if (options.tcpSndbuf() > 0) {
            set(channel, ChannelOption.SO_SNDBUF, options.tcpSndbuf());
        }
        if (options.scheme() != Scheme.UNIX) {
            set(channel, ChannelOption.TCP_NODELAY, options.tcpNoDelay());
            set(channel, ChannelOption.SO_KEEPALIVE, options.tcpKeepalive());
        }
        if (options.bind() != null && options.bind().port() != 0) {
            // Connecting anew must not wait for the end of the connection that had the port before.
            set(channel, ChannelOption.SO_REUSEADDR, true);
        }
    }

    private static <T> void set(Channel channel, ChannelOption<T> option, T value) {
        if (!channel.config().setOption(option, value)) {
            throw new ChannelException(option + " is not known here");
        }
    }
}
