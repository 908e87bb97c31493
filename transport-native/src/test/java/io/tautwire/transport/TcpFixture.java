package io.tautwire.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.tautwire.transport.wire.Wire;

/** TCP on loopback. */
abstract class TcpFixture extends TransportFixture implements TcpEndpoints {
    static Channel channel(Wire wire) {
        return ((Connection) wire).channel();
    }

    /** What the system says; on the loop's thread, or while the channel is sure to be open. */
    static <T> T option(Wire wire, ChannelOption<T> option) {
        return channel(wire).config().getOption(option);
    }
}
