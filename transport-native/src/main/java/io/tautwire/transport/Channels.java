package io.tautwire.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
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
        Security NONE = (channel, connection) -> {};

        /** Puts its handlers into the empty pipeline of a channel that is not active yet. */
        void install(Channel channel, Connection connection);
    }

    /** Closes at once, past whatever would first say something to the peer. */
    static void closeNow(Channel channel) {
        final ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first == null) {
            channel.close();
        } else {
            first.close();
        }
    }

    static Bootstrap client(
            EventLoop loop,
            ChannelTypes types,
            ConnectionString target,
            Supplier<Connection> connections,
            Security security) {
        final boolean isTcp = target.scheme() != Scheme.UNIX;
        return new Bootstrap()
                .group(loop)
                .channelFactory(isTcp ? types.tcp() : types.unix())
                .disableResolver()
                // The connector's own timer bounds the lookup too.
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .handler(initializer(target, connections, security));
    }

    static ServerBootstrap server(
            EventLoop loop,
            ChannelTypes types,
            ConnectionString at,
            Supplier<Connection> connections,
            Security security) {
        final boolean isTcp = at.scheme() != Scheme.UNIX;
        final ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channelFactory(isTcp ? types.tcpServer() : types.unixServer())
                .option(ChannelOption.ALLOCATOR, ALLOCATOR)
                // Nobody is accepted before the caller's Listener exists.
                .option(ChannelOption.AUTO_READ, false)
                .childHandler(initializer(at, connections, security));
        return isTcp ? bootstrap.option(ChannelOption.SO_REUSEADDR, true) : bootstrap;
    }

    private static ChannelInitializer<Channel> initializer(
            ConnectionString options, Supplier<Connection> connections, Security security) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                final Connection connection = connections.get();
                channel.config().setAllocator(ALLOCATOR);
                channel.config().setRecvByteBufAllocator(connection.receiveBuffer());
                // A peer that takes no more may have sent its reason: it is read before the channel closes.
                channel.config().setAutoClose(false);
                if (options.scheme() != Scheme.UNIX) {
                    channel.config().setOption(ChannelOption.TCP_NODELAY, options.tcpNoDelay());
                }
                security.install(channel, connection);
                channel.pipeline().addLast(connection);
            }
        };
    }
}
