package io.tautwire.transport.internal.tls;

import static io.tautwire.transport.internal.tls.OrderlyClose.MOST_BEFORE_SECURED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

/** What is read of a peer before it has done its handshake; the rest is in the contract of every carrier. */
class OrderlyCloseTest {
    private final Reads reads = new Reads();
    private final OrderlyClose socket = new OrderlyClose();
    private final EmbeddedChannel channel = new EmbeddedChannel(reads, socket);

    @Test
    void readsNoMoreThanAHandshakeCanTakeUntilItIsDone() {
        arrive(MOST_BEFORE_SECURED);
        assertTrue(channel.config().isAutoRead());
        arrive(1);
        assertFalse(channel.config().isAutoRead());

        reads.count = 0;
        channel.read();
        assertEquals(0, reads.count, "TLS asks for more by itself");

        socket.secured(channel);
        assertTrue(channel.config().isAutoRead());
        assertEquals(1, reads.count);
        arrive(MOST_BEFORE_SECURED);
        assertTrue(channel.config().isAutoRead());
        channel.releaseInbound();
    }

    private void arrive(int length) {
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[length]));
    }

    /** Counts what reaches the socket. */
    private static final class Reads extends ChannelOutboundHandlerAdapter {
        private int count;

        @Override
        public void read(ChannelHandlerContext context) {
            count++;
            context.read();
        }
    }
}
